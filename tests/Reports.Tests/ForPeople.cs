namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Where REPORT_SCREENSHOTS names a folder, pictures and prints are kept for somebody to look at.</summary>
internal static class ForPeople
{
    public static string? Path(string name) =>
        Environment.GetEnvironmentVariable("REPORT_SCREENSHOTS") is { Length: > 0 } folder ? System.IO.Path.Combine(folder, name) : null;
}
