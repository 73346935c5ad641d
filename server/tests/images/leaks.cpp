// The HEVC encoder behind libheif, which only these tests use, never frees a few of its tables.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { return "leak:libx265"; }
