using System.ComponentModel;
using System.Diagnostics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The `openssl` command, version 3 or newer, as the second opinion of the differential tests.</summary>
internal static class OpenSslTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly Lazy<bool> Present = new(static () =>
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Start([], "version").Output).StartsWith("OpenSSL 3", StringComparison.Ordinal);
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    /// <summary>Skips the test where the command is absent, except on the build server, which must have it.</summary>
    public static void Require()
    {
        var onBuildServer = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        Assert.True(Present.Value || !onBuildServer, "openssl 3 is missing on the build server");
        Skip.IfNot(Present.Value, "openssl 3 is not installed");
    }

    /// <summary>Runs the command and requires success.</summary>
    public static byte[] Run(byte[] input, params string[] arguments)
    {
        var (exitCode, output) = Start(input, arguments);
        Assert.True(exitCode == 0, $"openssl {string.Join(' ', arguments)} ended with {exitCode}");
        return output;
    }

    /// <summary>Runs the command and tells whether it succeeded.</summary>
    public static bool Succeeds(params string[] arguments) => Start([], arguments).ExitCode == 0;

    private static (int ExitCode, byte[] Output) Start(byte[] input, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("openssl", arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(Limit), "openssl does not end");
        Task.WaitAll(copying, errors);
        return (process.ExitCode, output.ToArray());
    }
}
