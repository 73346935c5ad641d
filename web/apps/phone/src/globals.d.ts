/// <reference types="vite/client" />
/** When this page was built. */
declare const __BUILT_AT__: string;
