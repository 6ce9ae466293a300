using System.Globalization;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary><c>openssl s_server -www</c> on a free port of 127.0.0.1. It serves one connection after the other.</summary>
public sealed class OpenSslServer : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ChildServer _process;

    private OpenSslServer(TemporaryFolder folder, ChildServer process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="certificate">Sent to every client.</param>
    /// <param name="arguments">More arguments of s_server, such as <c>-tls1_2</c>.</param>
    public static async Task<OpenSslServer> StartAsync(TestCertificate certificate, params IReadOnlyList<string> arguments)
    {
        var folder = new TemporaryFolder();
        var (certificatePath, keyPath) = certificate.WriteTo(folder);
        var port = ChildServer.FreePort();
        var process = ChildServer.Start(
            "openssl",
            [
                "s_server", "-accept", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),

                // s_server does not take early data together with -www.
                .. arguments.Contains("-early_data", StringComparer.Ordinal) ? Array.Empty<string>() : ["-www"],
                "-cert", certificatePath, "-key", keyPath, .. arguments,
            ]);
        try
        {
            await process.UntilAsync(p => p.Said.Contains("ACCEPT", StringComparison.Ordinal));
            return new OpenSslServer(folder, process, port);
        }
        catch
        {
            process.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }
}
