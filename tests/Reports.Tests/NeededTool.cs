using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Programs some tests need. Without them a test is skipped by name, but where CI=true it fails.</summary>
internal static class NeededTool
{
    public static string Browser() => Require("Chromium", InstalledBrowser.Find());

    public static string PdfToText() => Require("pdftotext (poppler-utils)", OnPath("pdftotext"));

    public static string Office() => Require("soffice (libreoffice-writer)", OnPath("soffice"));

    public static string PdfInfo() => Require("pdfinfo (poppler-utils)", OnPath("pdfinfo"));

    public static void UnixShell() => Skip.If(OperatingSystem.IsWindows(), "缺少 /bin/sh");

    public static void ProcFileSystem() => Skip.IfNot(OperatingSystem.IsLinux(), "缺少 /proc");

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(p => new[] { Path.Combine(p, name), Path.Combine(p, name + ".exe") })
        .FirstOrDefault(File.Exists);

    private static string Require(string name, string? path)
    {
        if (path is null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"CI 上必须有 {name}");
        }

        Skip.If(path is null, $"缺少 {name}");
        return path!;
    }
}
