namespace SmartCity.SecurityCheck.TestKit;

/// <summary>Outside programs a test needs. Usage: <c>Skip.If(RequiredTool.IsMissing("nginx"));</c></summary>
public static class RequiredTool
{
    private static readonly string[] SystemFolders = ["/usr/sbin", "/usr/local/sbin", "/sbin"];

    /// <returns>True where it is not installed; the test then skips.</returns>
    /// <exception cref="InvalidOperationException">Missing where CI=true: there a skipped test would pass for a run one.</exception>
    public static bool IsMissing(string program) => IsMissing(program, Find(program));

    /// <param name="program">For people.</param>
    /// <param name="path">Where it was found, for programs that are in no folder of commands; null where it was not.</param>
    /// <returns>As above.</returns>
    /// <exception cref="InvalidOperationException">As above.</exception>
    public static bool IsMissing(string program, string? path)
    {
        if (path is not null)
        {
            return false;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            throw new InvalidOperationException($"CI 环境缺少测试需要的程序 {program}");
        }

        return true;
    }

    /// <summary>Servers that give up their rights need them first.</summary>
    /// <returns>True where the tests run as somebody else.</returns>
    /// <exception cref="InvalidOperationException">As above.</exception>
    public static bool IsRootMissing() => IsMissing("root", Environment.UserName == "root" ? "/" : null);

    /// <summary>Full path, or null.</summary>
    public static string? Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(SystemFolders).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
    }

    /// <exception cref="InvalidOperationException">Not installed.</exception>
    public static string FullPath(string program) => Find(program) ?? throw new InvalidOperationException($"没有安装 {program}");
}
