using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>The candidate's implementation behind a web address of this machine: honest, wrong and hostile ones.</summary>
public sealed class AlgorithmServiceTests
{
    private static readonly AlgorithmOutputsProbe Probe = new();
    private static readonly DateTimeOffset Made = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task An_honest_service_is_asked_what_nobody_could_know_and_passes(bool overTls, bool inChunks)
    {
        await using var server = Serving(HonestAnswer.Of, overTls, inChunks);
        var (outcome, evidence) = await AskAsync(server, overTls ? "https" : "http", ("cases", "3"));
        var seen = Assert.IsType<Observed>(outcome);
        var look = new SampleLook(seen, Assert.Single(seen.Observations).Data, evidence);
        Assert.All(look.Verdicts("algorithm-outputs.yaml", Made), v => Assert.Equal((v.Key, Verdict.Satisfied), (v.Key, v.Value)));
        Assert.Equal(1, server.Accepted);
        Assert.Contains("crypto-test", look.Data.GetProperty("service").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, evidence.Files.Count);
    }

    [Fact]
    public async Task A_service_behind_openssl_passes_where_its_command_line_computes()
    {
        using var folder = new TemporaryFolder();
        await using var server = Serving(c => OpenSslAnswer.Of(folder, c));
        var (outcome, evidence) = await AskAsync(server, "http", ("cases", "2"));
        var look = new SampleLook((Observed)outcome, ((Observed)outcome).Observations[0].Data, evidence);
        Assert.All(look.Items("operations"), o => Assert.Equal(0, o.GetProperty("wrong").GetInt32()));
        Assert.True(look.Items("operations").Sum(o => o.GetProperty("right").GetInt32()) > 15);
        Assert.Equal(Verdict.Satisfied, look.Verdicts("algorithm-outputs.yaml", Made)["ALGOUT-02"]);
    }

    [Fact]
    public async Task A_service_that_answers_all_alike_or_leaves_some_out_does_not_pass()
    {
        await using var server = Serving(c => c.Operation.StartsWith("sm4", StringComparison.Ordinal) ? null : "00");
        var (outcome, evidence) = await AskAsync(server, "http");
        var verdicts = new SampleLook((Observed)outcome, ((Observed)outcome).Observations[0].Data, evidence).Verdicts("algorithm-outputs.yaml", Made);
        Assert.Equal((Verdict.NotSatisfied, Verdict.NotSatisfied, Verdict.Partial), (verdicts["ALGOUT-01"], verdicts["ALGOUT-02"], verdicts["ALGOUT-03"]));
    }

    [Fact]
    public async Task A_host_that_candidate_yaml_does_not_name_is_not_contacted()
    {
        await using var server = Serving(HonestAnswer.Of);
        var sample = SampleLook.Sample(CryptoSampleKind.Conformance, Address(server, "http"));
        var outcome = await Probe.ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample, ProbeContexts.Local(1)), CancellationToken.None);
        Assert.Equal((FailureKind.Refused, 0), (Assert.IsType<Unable>(outcome).Kind, server.Accepted));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", FailureKind.BadInput, "500")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", FailureKind.BadInput, "不跟随跳转")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<htm>", FailureKind.BadInput, "JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]", FailureKind.BadInput, "压缩")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n[]", FailureKind.Unreachable, "断开")]
    [InlineData("SSH-2.0-x\r\n", FailureKind.Unreachable, "HTTP")]
    [InlineData("", FailureKind.Unreachable, "HTTP")]
    public async Task What_is_no_answer_is_named(string raw, FailureKind kind, string says)
    {
        await using var server = new ScriptedServer(async c =>
        {
            await ReadRequestAsync(c.Stream, c.Stop);
            await c.SendAsync(Encoding.ASCII.GetBytes(raw));
        });
        var unable = Assert.IsType<Unable>((await AskAsync(server, "http")).Outcome);
        Assert.Equal(kind, unable.Kind);
        Assert.Contains(says, unable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_and_a_silent_one_end_within_their_bounds()
    {
        await using var endless = new ScriptedServer(async c =>
        {
            await ReadRequestAsync(c.Stream, c.Stop);
            await c.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            var block = new byte[1024 * 1024];
            while (true)
            {
                await c.SendAsync(block);
            }
        });
        Assert.Contains("超过", Assert.IsType<Unable>((await AskAsync(endless, "http")).Outcome).Message, StringComparison.Ordinal);
        await using var silent = new ScriptedServer(c => c.LingerAsync());
        var endpoint = ProbeContexts.Local(silent.Port, EndpointProtocol.Http);
        var unable = await Assert.ThrowsAsync<UnableException>(() =>
            new AlgorithmService(ProbeContexts.For(new KeptEvidence(), endpoint), TimeSpan.FromSeconds(1)).AskAsync(new Uri(Address(silent, "http")), "{}"u8.ToArray(), CancellationToken.None));
        Assert.Equal(FailureKind.TimedOut, unable.Kind);
    }

    private static async Task<(ProbeOutcome Outcome, KeptEvidence Evidence)> AskAsync(ScriptedServer server, string scheme, params (string, string)[] settings)
    {
        var kept = new KeptEvidence();
        var sample = SampleLook.Sample(CryptoSampleKind.Conformance, Address(server, scheme), settings);
        return (await Probe.ObserveAsync(sample, ProbeContexts.For(kept, sample, ProbeContexts.Local(server.Port)), CancellationToken.None), kept);
    }

    private static string Address(ScriptedServer server, string scheme) => $"{scheme}://127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}/crypto-test";

    private static ScriptedServer Serving(Func<AlgorithmCase, string?> answer, bool overTls = false, bool inChunks = false)
    {
        var pem = TestCertificates.Ecdsa();
        return new ScriptedServer(async c =>
        {
            Stream stream = c.Stream;
            if (overTls)
            {
                using var loaded = X509Certificate2.CreateFromPem(pem.CertificatePem, pem.KeyPem);
                var secure = new SslStream(stream, leaveInnerStreamOpen: true);
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null) }, c.Stop);
                stream = secure;
            }

            var body = Answers(await ReadRequestAsync(stream, c.Stop), answer);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{(inChunks ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}")}\r\n\r\n"), c.Stop);
            await stream.WriteAsync(inChunks ? [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8] : body, c.Stop);
            await stream.FlushAsync(c.Stop);
        });
    }

    private static byte[] Answers(string request, Func<AlgorithmCase, string?> answer)
    {
        var answers = new JsonArray();
        foreach (var one in JsonNode.Parse(request)!["cases"]!.AsArray())
        {
            var fields = one!.AsObject().Where(f => f.Key != "output").ToDictionary(f => f.Key, f => f.Value!.GetValue<string>(), StringComparer.Ordinal);
            answers.Add(new JsonObject { ["id"] = fields["id"], ["output"] = answer(new AlgorithmCase(fields)) ?? "" });
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["cases"] = answers }.ToJsonString());
    }

    /// <summary>The body of a request with its length in the head.</summary>
    private static async Task<string> ReadRequestAsync(Stream stream, CancellationToken stop)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                Assert.StartsWith("POST /crypto-test HTTP/1.1\r\n", text, StringComparison.Ordinal);
                var length = text[..end].Split("\r\n").First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))[15..].Trim();
                if (received.Count >= Encoding.UTF8.GetByteCount(text[..(end + 4)]) + int.Parse(length, CultureInfo.InvariantCulture))
                {
                    return text[(end + 4)..];
                }
            }

            var read = await stream.ReadAsync(buffer, stop);
            received.AddRange(read > 0 ? buffer.AsSpan(0, read) : throw new IOException("the client left"));
        }
    }
}
