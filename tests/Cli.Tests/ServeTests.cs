using System.Net;
using System.Net.Sockets;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The command that opens the workbench.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What lies in the folder it is started in is a stranger's, and would open it to the network.</summary>
    [SkippableFact]
    public async Task It_listens_on_its_own_port_alone_whatever_lies_in_the_folder_and_ends_with_words_of_its_own()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        var port = ChildServer.FreePort();
        _folder.Write("appsettings.json", $$"""{"Urls":"http://0.0.0.0:{{port}}","Kestrel":{"Endpoints":{"Open":{"Url":"http://0.0.0.0:{{port}}"} } } }""");
        using var running = SecurityCheck.Start(_folder.Path, "serve", ".");
        await SecurityCheck.UntilAsync(() => running.Said.Contains("/enter?token=", StringComparison.Ordinal));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port));
        running.Signal("TERM");
        var ended = (await running.EndAsync()).With(0);
        Assert.Contains("工作台正在关闭", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("探测", ended.Error, StringComparison.Ordinal);
    }
}
