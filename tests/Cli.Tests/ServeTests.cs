using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The command that opens the workbench.</summary>
public sealed partial class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What lies in the folder it is started in is a stranger's, and would open it to the network.</summary>
    [SkippableTheory]
    [InlineData("""{"Urls":"http://0.0.0.0:PORT","Kestrel":{"Endpoints":{"Open":{"Url":"http://0.0.0.0:PORT"} } } }""")]
    [InlineData("{broken")]
    public async Task It_listens_on_its_own_port_alone_whatever_lies_in_the_folder_and_ends_with_words_of_its_own(string settings)
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        var port = ChildServer.FreePort();
        _folder.Write("appsettings.json", settings.Replace("PORT", $"{port}", StringComparison.Ordinal));
        using var running = SecurityCheck.Start(_folder.Path, "serve", ".");
        await SecurityCheck.UntilAsync(() => running.Said.Contains("/enter?token=", StringComparison.Ordinal));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port));
        running.Signal("TERM");
        var ended = (await running.EndAsync()).With(0);
        Assert.Contains("工作台正在关闭", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("探测", ended.Error, StringComparison.Ordinal);
    }

    /// <summary>Killed, not asked: whatever was called saved is there, and what was being written has left nothing that could not be read.</summary>
    [SkippableFact]
    public async Task A_server_that_is_killed_in_the_middle_of_saving_loses_nothing_it_called_saved()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        await using var system = Systems.Http("HTTP/1.1 200 OK\r\nServer: nginx/1.2.3");
        Systems.Candidate(_folder, $"http://127.0.0.1:{system.Port}/");
        (await SecurityCheck.RunAsync(_folder.Path, "ci", "--out", "pack")).With(1);
        var saved = 0;
        for (var round = 0; round < 3; round++)
        {
            using var running = SecurityCheck.Start(_folder.Path, "serve", "pack");
            await SecurityCheck.UntilAsync(() => Entrance().IsMatch(running.Said));
            using var handler = new HttpClientHandler { AllowAutoRedirect = false };
            using var browser = new HttpClient(handler);
            var entrance = new Uri(Entrance().Match(running.Said).Value);
            using var entered = await browser.GetAsync(entrance);
            var list = await browser.GetStringAsync(new Uri(entrance, "/p/pack/open"));
            var form = new Uri(entrance, WebUtility.HtmlDecode(Item().Match(list).Groups["address"].Value));
            var proof = Proof().Match(await browser.GetStringAsync(form)).Groups["proof"].Value;
            Assert.Equal(saved, StatementReading.Read(_folder.File("pack" + StatementStore.Suffix)).Entries.Count);
            var called = saved;
            var saving = SaveUntilCutOffAsync(browser, form, proof, () => called, () => called++);
            await SecurityCheck.UntilAsync(() => called > saved);
            await IsWritingAsync(_folder.File("pack" + StatementStore.Suffix));
            running.Signal("KILL");
            await saving;
            var entries = StatementReading.Read(_folder.File("pack" + StatementStore.Suffix)).Entries;
            Assert.True(entries.Count == called || entries.Count == called + 1, $"说已保存 {called}，在盘上 {entries.Count}");
            Assert.All(entries.SelectMany(e => e.Files), f => Assert.Equal(f.Bytes, new FileInfo(_folder.File($"pack{StatementStore.Suffix}/files/{f.Sha256}")).Length));
            saved = entries.Count;
        }

        Assert.IsType<PackIntact>(PackVerification.Verify(_folder.File("pack")));
    }

    /// <summary>Until a file is on its way to its place.</summary>
    private static async Task IsWritingAsync(string folder)
    {
        for (var i = 0; i < 20_000 && !Directory.EnumerateFiles(folder, "*.new", SearchOption.AllDirectories).Any(); i++)
        {
            await Task.Yield();
        }
    }

    private static async Task SaveUntilCutOffAsync(HttpClient browser, Uri form, string proof, Func<int> version, Action saved)
    {
        try
        {
            while (true)
            {
                var paper = new byte[16 * 1024 * 1024];
                Random.Shared.NextBytes(paper);
                using var body = new MultipartFormDataContent { { new ByteArrayContent(paper), "files", "附件.bin" } };
                foreach (var (name, value) in new[] { ("proof", proof), ("version", $"{version()}"), ("verdict", "NotSatisfied"), ("by", "测试人员"), ("organisation", "测试单位"), ("on", "2026-03-03") })
                {
                    body.Add(new StringContent(value), name);
                }

                using var response = await browser.PostAsync(form, body);
                Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
                saved();
            }
        }
        catch (HttpRequestException)
        {
            // It was killed.
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+/enter\?token=[0-9a-f]{64}", RegexOptions.NonBacktracking)]
    private static partial Regex Entrance();

    [GeneratedRegex("href=\"(?<address>/p/pack/open/item[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex("name=\"proof\" value=\"(?<proof>[0-9a-f]{64})\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Proof();
}
