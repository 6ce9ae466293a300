namespace SmartCity.SecurityCheck.Probing;

/// <summary>
/// Where a program lies. The platform would look in the current folder before PATH, and that may be the folder that is looked at:
/// a file called git in it must not run.
/// </summary>
internal static class ProgramPath
{
    private static readonly string[] Ends = OperatingSystem.IsWindows() ? [".exe", ".com"] : [""];

    /// <param name="program">A name, or a path that is taken as it is.</param>
    /// <param name="path">Folders as the variable PATH lists them; those that are not full paths are passed over.</param>
    /// <returns>Null where no folder has it.</returns>
    public static string? Find(string program, string? path)
    {
        if (program.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.IsPathRooted(program))
        {
            return program;
        }

        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(f => Names(program).Select(n => Path.Combine(f, n)))
            .FirstOrDefault(IsProgram);
    }

    private static IEnumerable<string> Names(string program) =>
        Ends.Select(e => program.EndsWith(e, StringComparison.OrdinalIgnoreCase) ? program : program + e);

    private static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
