// Adds up what the steps of script/test left in its results folder and closes with one line a program can read.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [folder, seconds] = process.argv.slice(2)
const steps = readFileSync(join(folder, 'steps.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t'))

// GoogleTest's JSON, or Vitest's (the shape of Jest).
function countsOf(report) {
  if ('testsuites' in report) return { failed: report.failures + report.errors, passed: report.tests - report.failures - report.errors - report.disabled }
  if ('numPassedTests' in report) return { failed: report.numFailedTests, passed: report.numPassedTests }
  return { failed: 0, passed: 0 }
}

let passed = 0
let failed = 0
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const counts = countsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')))
  passed += counts.passed
  failed += counts.failed
}
console.log('\n── summary ──')
for (const [label, status, time] of steps) {
  console.log(`${status === 'passed' ? '  ok  ' : 'FAILED'}  ${label} (${time} s)`)
  if (status === 'passed') continue
  // A step without counted tests (a build, a lint) that failed is one failure; one with them has counted its own.
  failed = Math.max(failed, 1)
}
console.log(`in ${Math.floor(seconds / 60)} min ${seconds % 60} s`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || steps.some(([, status]) => status !== 'passed') || passed === 0 ? 1 : 0
