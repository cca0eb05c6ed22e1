/** Versions of VS Code. */

/** Tells whether a version such as `1.97.2` is this one, such as `1.97`, or a later one. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor] = wanted.split(".").map(Number);
  return (
    (major ?? 0) > (wantedMajor ?? 0) ||
    (major === wantedMajor && (minor ?? 0) >= (wantedMinor ?? 0))
  );
}
