using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The archive played for a system under test, asked over real connections.</summary>
public sealed class ArchiveReceiverTests
{
    private static readonly byte[] Package = Encoding.UTF8.GetBytes("PK 归档信息包");

    [Fact]
    public async Task A_package_whose_digest_is_right_gets_a_receipt_that_verifies_and_gets_the_same_again()
    {
        await using var receiver = await StartAsync("check");
        using var client = Client(receiver);
        var first = await SendAsync(client, receiver, "r-1", Convert.ToBase64String(Sm3.HashData(Package)));
        var second = await SendAsync(client, receiver, "r-1", Convert.ToHexString(SHA256.HashData(Package)));
        Assert.Equal("0", first.GetProperty("code").GetString());
        var receipt = first.GetProperty("receipt");
        Assert.Equal(receipt.GetRawText(), second.GetProperty("receipt").GetRawText());
        Assert.Equal([TransferOutcome.Accepted, TransferOutcome.AlreadyAccepted], receiver.Transfers.Select(t => t.Outcome));
        Assert.Equal(["SM3", "SHA-256"], receiver.Transfers.Select(t => t.DigestAlgorithm!));
        Assert.Equal(Convert.ToHexStringLower(Sm3.HashData(Package)), receipt.GetProperty("sm3").GetString());
        var key = Sm2PublicKey.ImportPem(receiver.ReceiptKeyPem);
        Assert.True(key.Verify(Encoding.UTF8.GetBytes(receipt.GetProperty("signed").GetString()!), Convert.FromBase64String(receipt.GetProperty("signature").GetString()!)));
        Assert.Equal(receipt.GetRawText(), (await client.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{receiver.Port}/api/archive/receipts/r-1"))).GetProperty("receipt").GetRawText());
    }

    [Theory]
    [InlineData("check", "AAAA", TransferOutcome.Returned)]
    [InlineData("check", null, TransferOutcome.Returned)]
    [InlineData("accept", "AAAA", TransferOutcome.Accepted)]
    [InlineData("return:题名缺失", "AAAA", TransferOutcome.Returned)]
    [InlineData("bad-token", "AAAA", TransferOutcome.Unauthorized)]
    public async Task Each_answer_is_played(string answers, string? digest, TransferOutcome outcome)
    {
        await using var receiver = await StartAsync(answers);
        using var client = Client(receiver);
        var said = await SendAsync(client, receiver, "r-1", digest);
        Assert.Equal(outcome, Assert.Single(receiver.Transfers).Outcome);
        Assert.Equal(outcome == TransferOutcome.Accepted, said.GetProperty("receipt").ValueKind == JsonValueKind.Object);
        Assert.Equal(answers.Contains('：', StringComparison.Ordinal) || answers.Contains(':', StringComparison.Ordinal) ? "题名缺失" : said.GetProperty("reason").GetString(), said.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Returned_and_sent_again_with_another_package_under_a_used_number_is_told()
    {
        await using var receiver = await StartAsync("return,check");
        using var client = Client(receiver);
        const string digest = "68213c5173c0f2f5065be4caa38db28b"; // MD5
        await SendAsync(client, receiver, "r-1", digest);
        await SendAsync(client, receiver, "r-1", digest);
        await SendAsync(client, receiver, "r-1", null, [1, 2, 3]);
        Assert.Equal([TransferOutcome.Returned, TransferOutcome.Accepted, TransferOutcome.Conflict], receiver.Transfers.Select(t => t.Outcome));
        var told = TransferSummary.Of(receiver.Transfers);
        Assert.Contains("退回后，以同一请求号重新移交（r-1）：看到了", told, StringComparison.Ordinal);
        Assert.Contains("MD5", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData(null)]
    public async Task The_same_package_under_its_number_needs_its_digest_again(string? digest)
    {
        await using var receiver = await StartAsync("check");
        using var client = Client(receiver);
        await SendAsync(client, receiver, "r-1", Convert.ToBase64String(Sm3.HashData(Package)));
        var said = await SendAsync(client, receiver, "r-1", digest);
        Assert.Equal("RETURNED", said.GetProperty("code").GetString());
        Assert.Equal([TransferOutcome.Accepted, TransferOutcome.Returned], receiver.Transfers.Select(t => t.Outcome));
    }

    [Fact]
    public async Task A_silent_archive_leaves_the_sender_alone_until_it_comes_back()
    {
        await using var receiver = await StartAsync("timeout,check", TimeSpan.FromMilliseconds(300));
        using var client = Client(receiver);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(client, receiver, "r-1", null));
        Assert.Contains("没有看到", TransferSummary.Of(receiver.Transfers), StringComparison.Ordinal);
        await SendAsync(client, receiver, "r-1", Convert.ToHexString(Sm3.HashData(Package)));
        Assert.Equal([TransferOutcome.Silent, TransferOutcome.Accepted], receiver.Transfers.Select(t => t.Outcome));
        Assert.True(receiver.Transfers[1].IsRepeated);
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", """{"reqid":"r","aipdigest":"AA","url":"http://198.51.100.7/p.zip"}""")]
    [InlineData("application/json", """{"reqid":"r","aipdigest":"AA","url":"file:///etc/passwd"}""")]
    [InlineData("application/json", """{"reqid":"r","aipdigest":"AA","url":"http://127.0.0.1:1/p.zip"}""")]
    [InlineData("application/json", """{"reqid":"r","aipdigest":"AA"}""")]
    [InlineData("text/plain", "x")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"package\"\r\n\r\nhalf")]
    public async Task What_is_no_transfer_is_malformed_and_nothing_is_fetched_from_elsewhere(string type, string body)
    {
        await using var receiver = await StartAsync("accept");
        using var client = Client(receiver);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await client.PostAsync(receiver.Address, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(TransferOutcome.Malformed, Assert.Single(receiver.Transfers).Outcome);
    }

    [Fact]
    public async Task A_package_is_fetched_from_this_machine_and_one_that_is_too_large_is_not_taken()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var serving = Task.Run(async () =>
        {
            for (var i = 0; i < 2; i++)
            {
                var asked = await listener.GetContextAsync();
                var bytes = asked.Request.Url!.AbsolutePath == "/small" ? Package : new byte[2 * 1024 * 1024];
                try
                {
                    await asked.Response.OutputStream.WriteAsync(bytes);
                    asked.Response.Close();
                }
                catch (HttpListenerException)
                {
                    // The receiver hung up, as it should.
                }
            }
        });
        using var folder = new TemporaryFolder();
        await using var receiver = await StartAsync("check", keep: folder.Path);
        using var client = Client(receiver);
        foreach (var name in new[] { "small", "large" })
        {
            using var response = await client.PostAsJsonAsync(receiver.Address, new { reqid = name, aipdigest = Convert.ToHexString(Sm3.HashData(Package)), url = $"http://127.0.0.1:{port}/{name}" });
        }

        await serving;
        Assert.Equal([TransferOutcome.Accepted, TransferOutcome.Malformed], receiver.Transfers.Select(t => t.Outcome));
        Assert.Equal(Package, await File.ReadAllBytesAsync(Path.Combine(folder.Path, "transfer-0001.bin")));
    }

    [Fact]
    public async Task Packages_of_an_earlier_run_are_kept_and_what_cannot_be_kept_is_no_fault_of_the_sender()
    {
        using var folder = new TemporaryFolder();
        folder.Write("transfer-0001.bin", "earlier");
        await using (var receiver = await StartAsync("accept", keep: folder.Path))
        {
            using var client = Client(receiver);
            await SendAsync(client, receiver, "r-1", null);
            Assert.Equal(TransferOutcome.Accepted, Assert.Single(receiver.Transfers).Outcome);
        }

        Assert.Equal("earlier", await File.ReadAllTextAsync(folder.File("transfer-0001.bin")));
        Assert.Equal(Package, await File.ReadAllBytesAsync(folder.File("transfer-0002.bin")));
        await using var other = await StartAsync("accept", keep: folder.File("transfer-0001.bin"));
        using var sender = Client(other);
        var said = await SendAsync(sender, other, "r-2", null);
        Assert.Equal(TransferOutcome.OwnTrouble, Assert.Single(other.Transfers).Outcome);
        Assert.DoesNotContain(folder.Path, said.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("accept,perhaps")]
    [InlineData("accept:why")]
    public void Words_it_does_not_know_are_refused(string text) => Assert.Null(ReceiverAnswer.Parse(text));

    private static Task<ArchiveReceiver> StartAsync(string answers, TimeSpan? silence = null, string? keep = null) => ArchiveReceiver.StartAsync(
        new ReceiverOptions { Token = "token-of-test", Answers = ReceiverAnswer.Parse(answers)!, Silence = silence ?? TimeSpan.FromSeconds(5), PackageCap = 1024 * 1024, Keep = keep },
        TimeProvider.System,
        _ => { },
        CancellationToken.None);

    private static HttpClient Client(ArchiveReceiver receiver)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{receiver.Port}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-test");
        return client;
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, ArchiveReceiver receiver, string reqId, string? digest, byte[]? package = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(reqId), "reqid" }, { new ByteArrayContent(package ?? Package), "package", "p.zip" } };
        if (digest is not null)
        {
            form.Add(new StringContent(digest), "aipdigest");
        }

        using var response = await client.PostAsync(receiver.Address, form);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
