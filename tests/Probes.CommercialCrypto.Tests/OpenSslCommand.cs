using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>The <c>openssl</c> command, so that samples are not made by our own code alone.</summary>
internal static class OpenSslCommand
{
    public const string DefaultId = "distid:1234567812345678";

    public static byte[] Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    public static byte[] Run(string folder, byte[] input, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(RequiredTool.FullPath("openssl"), arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "openssl does not end");
        Task.WaitAll(copying, errors);
        Assert.True(process.ExitCode == 0, $"openssl {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }
}
