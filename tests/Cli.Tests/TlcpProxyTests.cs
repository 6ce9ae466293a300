using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The proxy as a process of its own, in front of our own TLCP server.</summary>
public sealed partial class TlcpProxyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Sm2Authority _authority = new("Proxy test CA", TimeProvider.System);

    [Fact]
    public async Task An_ordinary_client_reads_a_tlcp_site_under_its_own_name_and_several_requests_share_a_connection()
    {
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = _authority.IssuePair() }, ShowRequestsAsync);
        using var proxy = Start(server.Port, "--sni", "localhost", "--ca", _folder.Write("ca.pem", _authority.CertificatePem));
        var address = await AddressAsync(proxy);
        Assert.Contains("证书核验：通过", proxy.Said, StringComparison.Ordinal);

        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
        var first = await client.GetStringAsync("one?q=1");
        Assert.StartsWith("GET /one?q=1 HTTP/1.1", first, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: localhost:{server.Port}\r\n", first, StringComparison.Ordinal);
        using var posted = await client.PostAsync("two", new StringContent("a=1&b=2"));
        var second = await posted.Content.ReadAsStringAsync();
        Assert.StartsWith("POST /two HTTP/1.1", second, StringComparison.Ordinal);
        Assert.EndsWith("a=1&b=2", second, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: localhost:{server.Port}\r\n", second, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_browser_that_knows_no_TLCP_shows_the_site()
    {
        Skip.If(RequiredTool.IsMissing("chromium"), "缺少 chromium");
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = _authority.IssuePair() }, ShowRequestsAsync);
        using var proxy = Start(server.Port, "--sni", "localhost", "--ca", _folder.Write("ca.pem", _authority.CertificatePem));
        var address = await AddressAsync(proxy);
        var info = new ProcessStartInfo(RequiredTool.FullPath("chromium"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder.File("browser")}", "--dump-dom", $"http://{address}/page"];
        arguments.ToList().ForEach(info.ArgumentList.Add);
        using var browser = Process.Start(info)!;
        _ = browser.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var shown = await browser.StandardOutput.ReadToEndAsync(limit.Token);
        await browser.WaitForExitAsync(limit.Token);
        Assert.Contains("GET /page HTTP/1.1", shown, StringComparison.Ordinal);
        Assert.Contains($"Host: localhost:{server.Port}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_another_host_is_turned_away_and_other_protocols_pass_as_they_are()
    {
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = _authority.IssuePair() }, EchoOnceAsync);
        using var proxy = Start(server.Port);
        var address = await AddressAsync(proxy);
        Assert.Contains("没有给出可用的信任锚", proxy.Said, StringComparison.Ordinal);

        var refused = await SayAsync(address, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 421 ", refused, StringComparison.Ordinal);
        Assert.Equal("\u0001raw\n", await SayAsync(address, "\u0001raw\n"u8.ToArray()));
    }

    /// <summary>A head with Upgrade, and what follows it in both directions; then a body far larger than any buffer, in chunks.</summary>
    [Fact]
    public async Task A_WebSocket_and_a_large_upload_pass()
    {
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = _authority.IssuePair() }, CountOrSwitchAsync);
        using var proxy = Start(server.Port, "--sni", "localhost", "--ca", _folder.Write("ca.pem", _authority.CertificatePem));
        var address = await AddressAsync(proxy);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{address}/chat"), limit.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), System.Net.WebSockets.WebSocketMessageType.Text, true, limit.Token);
        var heard = new byte[64];
        var message = await socket.ReceiveAsync(heard, limit.Token);
        Assert.Equal("frame of 11 bytes", Encoding.UTF8.GetString(heard, 0, message.Count));

        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
        using var content = new StreamContent(new MemoryStream(new byte[8 * 1024 * 1024]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "upload") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request, limit.Token);
        Assert.True(long.Parse(await answer.Content.ReadAsStringAsync(limit.Token), System.Globalization.CultureInfo.InvariantCulture) > 8 * 1024 * 1024);
    }

    [Fact]
    public async Task With_an_anchor_an_unverified_server_is_not_forwarded_to()
    {
        using var other = new Sm2Authority("Other CA", TimeProvider.System);
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = _authority.IssuePair() });
        var ended = (await SecurityCheck.RunAsync(
            _folder.Path, "tlcp-proxy", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{server.Port}", "--ca", _folder.Write("other.pem", other.CertificatePem))).With(1);
        Assert.Contains("证书核验：未通过", ended.Output, StringComparison.Ordinal);
        Assert.Contains("不转发", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_key_exchange_signature_is_said()
    {
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = _authority.IssuePair(), Defect = TlcpDefect.BadSignature });
        var ended = (await SecurityCheck.RunAsync(
            _folder.Path, "tlcp-proxy", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{server.Port}", "--ca", _folder.Write("ca.pem", _authority.CertificatePem))).With(1);
        Assert.Contains("密钥交换签名无效", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_without_tlcp_ends_it()
    {
        await using var server = Systems.Http("HTTP/1.1 200 OK");
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "tlcp-proxy", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{server.Port}")).With(2);
        Assert.Contains("TLCP 握手没有完成", ended.Error, StringComparison.Ordinal);
    }

    /// <summary>A server that insists on a client certificate: with suites that need the signing certificate alone, and with ECDHE, which needs both.</summary>
    [Theory]
    [InlineData(0xE053, false)]
    [InlineData(0xE053, true)]
    [InlineData(0xE051, true)]
    public async Task A_site_that_insists_on_a_client_certificate_is_read_with_one(int suite, bool withEncryption)
    {
        await using var server = Insisting((ushort)suite);
        var (signing, encryption) = ClientFiles();
        using var proxy = Start(
            server.Port, ["--sni", "localhost", "--ca", _folder.Write("ca.pem", _authority.CertificatePem), "--client-cert", signing, .. withEncryption ? ["--client-enc-cert", encryption] : Array.Empty<string>()]);
        var address = await AddressAsync(proxy);

        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
        Assert.StartsWith("GET /one HTTP/1.1", await client.GetStringAsync("one"), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", proxy.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_or_with_half_of_one_it_is_said_what_is_missing()
    {
        await using var server = Insisting(0xE051);
        await using var ecc = Insisting(0xE053);
        var (signing, encryption) = ClientFiles();
        string[] to = ["tlcp-proxy", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{server.Port}"];

        Assert.Contains("须给出客户端的签名与加密双证书", (await SecurityCheck.RunAsync(_folder.Path, [.. to])).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("须给出客户端的签名与加密双证书", (await SecurityCheck.RunAsync(_folder.Path, [.. to, "--client-cert", signing])).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("须给出客户端证书", (await SecurityCheck.RunAsync(_folder.Path, "tlcp-proxy", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{ecc.Port}")).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("--client-enc-key 要和", (await SecurityCheck.RunAsync(_folder.Path, [.. to, "--client-cert", signing, "--client-enc-key", encryption])).With(3).Error, StringComparison.Ordinal);
        Assert.Contains("不成对", (await SecurityCheck.RunAsync(_folder.Path, [.. to, "--client-cert", signing, "--client-key", encryption])).With(3).Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private TlcpServer Insisting(ushort suite) => new(
        new TlcpServerOptions { Identity = _authority.IssuePair(), ClientCertificates = ClientCertificates.Required, Suites = [suite] }, ShowRequestsAsync);

    /// <summary>Each certificate and its key in one file.</summary>
    private (string Signing, string Encryption) ClientFiles()
    {
        string Write(string name, Sm2Credential credential) =>
            _folder.WritePrivate(name, System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", credential.Certificate) + "\n" + credential.Key.ExportPkcs8Pem());
        return (Write("sign.pem", _authority.IssueSigning("client")), Write("enc.pem", _authority.IssueEncryption("client")));
    }

    private SecurityCheck Start(int port, params IReadOnlyList<string> arguments) =>
        SecurityCheck.Start(_folder.Path, ["tlcp-proxy", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{port}", .. arguments]);

    private static async Task<IPEndPoint> AddressAsync(SecurityCheck proxy)
    {
        await SecurityCheck.UntilAsync(() => Listening().IsMatch(proxy.Said));
        return IPEndPoint.Parse(Listening().Match(proxy.Said).Groups["address"].Value);
    }

    private static async Task<string> SayAsync(IPEndPoint address, byte[] said)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address);
        await client.GetStream().WriteAsync(said);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await reader.ReadToEndAsync(limit.Token);
    }

    private static async Task EchoOnceAsync(TlcpSession session, CancellationToken cancellationToken) =>
        await session.WriteAsync(await session.ReadAsync(cancellationToken), cancellationToken);

    private static async Task CountOrSwitchAsync(TlcpSession session, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        long length = 0;
        while (await session.ReadAsync(cancellationToken) is { IsEmpty: false } data)
        {
            length += data.Length;
            var text = said.Append(Encoding.ASCII.GetString(data.Span)).ToString();
            said.Remove(0, Math.Max(0, said.Length - 4096));
            if (text.Contains("Upgrade: websocket", StringComparison.Ordinal) && text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var key = Regex.Match(text, "Sec-WebSocket-Key: (?<key>[^\r]+)", RegexOptions.NonBacktracking).Groups["key"].Value;
#pragma warning disable CA5350 // RFC 6455 asks for it
                var accept = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
                await session.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), cancellationToken);
                var frame = Encoding.ASCII.GetBytes($"frame of {(await session.ReadAsync(cancellationToken)).Length} bytes");
                await session.WriteAsync((byte[])[0x81, (byte)frame.Length, .. frame], cancellationToken);
            }
            else if (text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                var body = $"{length}";
                await session.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"), cancellationToken);
            }
        }
    }

    /// <summary>Answers every request with what it said.</summary>
    private static async Task ShowRequestsAsync(TlcpSession session, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        while (await session.ReadAsync(cancellationToken) is { IsEmpty: false } data)
        {
            said.Append(Encoding.ASCII.GetString(data.Span));
            var text = said.ToString();
            var isWhole = text.Contains("\r\n\r\n", StringComparison.Ordinal) && (text.StartsWith("GET", StringComparison.Ordinal) || text.EndsWith("b=2", StringComparison.Ordinal));
            if (isWhole)
            {
                await session.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}"), cancellationToken);
                said.Clear();
            }
        }
    }

    [GeneratedRegex("http://(?<address>127\\.0\\.0\\.1:[0-9]+)/", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
