namespace SmartCity.SecurityCheck.Model;

/// <summary>Finds a Chromium, Chrome or Edge that is already on this machine, for what is printed and for pages that are walked through.</summary>
public static class InstalledBrowser
{
    /// <summary>Environment variable naming the program; it wins over everything found.</summary>
    public const string Variable = "SECURITYCHECK_CHROMIUM";

    private static readonly string[] Commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private static readonly string[] MacPrograms =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private static readonly string[] WindowsPrograms =
    [
        @"Microsoft\Edge\Application\msedge.exe",
        @"Google\Chrome\Application\chrome.exe",
        @"Chromium\Application\chrome.exe",
    ];

    /// <summary>Full path of the program, or null. A path in <see cref="Variable"/> that does not exist is null, never replaced by another browser.</summary>
    public static string? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(named) ? Candidates().FirstOrDefault(File.Exists) : Existing(named);
    }

    private static string? Existing(string path) => File.Exists(path) ? Path.GetFullPath(path) : null;

    private static string[] Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            return [.. from root in WindowsRoots() from program in WindowsPrograms select Path.Combine(root, program)];
        }

        return OperatingSystem.IsMacOS() ? MacPrograms : [.. from command in Commands from folder in SearchPath() select Path.Combine(folder, command)];
    }

    private static IEnumerable<string> WindowsRoots() =>
        new[] { Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.LocalApplicationData }
            .Select(Environment.GetFolderPath)
            .Where(p => p.Length > 0);

    private static IEnumerable<string> SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/bin")
            .Append("/usr/local/bin")
            .Append("/snap/bin")
            .Where(Path.IsPathRooted)
            .Distinct(StringComparer.Ordinal);
}
