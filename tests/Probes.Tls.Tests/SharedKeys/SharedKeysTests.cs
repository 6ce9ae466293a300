using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>DROWN across ports: one good port, and beside it one that answers SSL 2.0 with this or that key.</summary>
public sealed class SharedKeysTests
{
    private static readonly ScriptedTls Tls = new() { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [0xC02F] } };

    [SkippableFact]
    public async Task A_port_whose_key_answers_SSL_2_elsewhere_is_opened_by_it_whatever_the_certificates()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var good = TestCertificates.Rsa();
        using var nginx = await NginxServer.StartAsync(good);
        await using var old = OldServer(AnotherCertificateOf(good), withTls: true);
        var seen = await SeenAsync(nginx.Port, old.Port);

        Assert.True(seen.GetProperty("openedBySsl2").GetBoolean());
        Assert.Contains($"127.0.0.1:{old.Port}", Assert.Single(seen.GetProperty("oldPorts").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(Digest(good), Assert.Single(seen.GetProperty("rsaKeys").EnumerateArray()).GetString());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_of_SSL_2_alone_counts_and_another_key_opens_nothing(bool isSameKey)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var good = TestCertificates.Rsa();
        using var nginx = await NginxServer.StartAsync(good);
        await using var old = OldServer((isSameKey ? good : TestCertificates.Rsa()).Der(), withTls: false);
        var seen = await SeenAsync(nginx.Port, old.Port);

        Assert.Equal(isSameKey, seen.GetProperty("openedBySsl2").GetBoolean());
    }

    [SkippableFact]
    public async Task Keys_that_are_no_RSA_are_not_opened_and_a_sibling_without_SSL_2_opens_nothing()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var nginx = await NginxServer.StartAsync(TestCertificates.Ecdsa());
        await using var old = OldServer(TestCertificates.Rsa().Der(), withTls: true);
        var seen = await SeenAsync(nginx.Port, old.Port);

        Assert.False(seen.GetProperty("openedBySsl2").GetBoolean());
        Assert.Equal(0, seen.GetProperty("rsaKeys").GetArrayLength());

        using var other = await NginxServer.StartAsync(TestCertificates.Rsa());
        Assert.False((await SeenAsync(nginx.Port, other.Port)).GetProperty("openedBySsl2").GetBoolean());
    }

    [SkippableFact]
    public async Task What_is_not_known_of_a_sibling_stays_open_and_one_port_alone_asks_nothing()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var nginx = await NginxServer.StartAsync(TestCertificates.Rsa());
        await using var silent = new ScriptedServer(c => HostileScripts.RunAsync("close", c));
        await using var nameless = OldServer([], withTls: true);
        var seen = await SeenAsync(nginx.Port, silent.Port, nameless.Port);

        Assert.False(seen.TryGetProperty("openedBySsl2", out _));
        Assert.Equal(2, seen.GetProperty("undecided").GetArrayLength());

        Assert.IsType<NotNeeded>(await EndAsync(nginx.Port));
        Assert.IsType<Unable>(await EndAsync(silent.Port, nginx.Port));
    }

    /// <summary>ECDSA comes first; behind it, in a flight that is not seen, is too odd to be read, or is one too many, an RSA key that answers SSL 2.0 elsewhere.</summary>
    [Theory]
    [InlineData("silent")]
    [InlineData("malformed")]
    [InlineData("many")]
    public async Task Certificates_that_were_not_seen_are_not_other_ones(string how)
    {
        var rsa = TestCertificates.Rsa().Der();
        List<ushort> suites = how == "many" ? [0xC02B, 0xC02C, 0xC023, 0xC024, 0xC009, 0xC00A, 0xCCA9, 0xC0AC, 0xC02F] : [0xC02B, 0xC02F];
        var flights = suites.ConvertAll(s => new ScriptedTls
        {
            Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [s] },
            Schemes = [0x0403, 0x0804],
            Certificates = [s == suites[^1] ? rsa : TestCertificates.Ecdsa().Der()],
        });
        await using var good = new ScriptedServer(async c =>
        {
            if (HelloSeen.Of(await c.ReadRecordAsync()) is not { } hello)
            {
                await c.SendAsync(ScriptedTls.Alert(70));
            }
            else if (suites.FindIndex(hello.Suites.Contains) is var at && (at < suites.Count - 1 || how == "many" || hello.AsksForTls13))
            {
                await c.SendAsync(flights[Math.Max(0, at)].Answer(hello));
            }
            else if (how == "malformed")
            {
                // The length of the certificate is one more than there is.
                var flight = flights[at].Answer(hello);
                flight[flight.AsSpan().IndexOf(rsa) - 1]++;
                await c.SendAsync(flight);
            }

            await c.LingerAsync();
        });
        await using var old = OldServer(rsa, withTls: true);
        var seen = await SeenAsync(good.Port, old.Port);

        Assert.False(seen.TryGetProperty("openedBySsl2", out _));
        Assert.False(seen.TryGetProperty("rsaKeys", out _));
        Assert.Equal(1, seen.GetProperty("undecided").GetArrayLength());
    }

    /// <summary>Two ports that were looked at among many that were not.</summary>
    [Fact]
    public async Task Many_ports_have_one_table_and_short_lists()
    {
        await using var one = new ScriptedServer(TlsQuirks.Server(Tls));
        await using var other = new ScriptedServer(TlsQuirks.Server(Tls));
        List<Endpoint> endpoints = [.. Enumerable.Range(1, 25).Prepend(other.Port).Prepend(one.Port).Select((port, i) => ProbeContexts.Local(port) with { Id = $"e{i}" })];
        var evidence = new KeptEvidence();
        var context = ProbeContexts.For(evidence, endpoints);
        foreach (var endpoint in endpoints.Take(2))
        {
            Assert.IsType<Observed>(await new ProtocolVersionsProbe().ObserveAsync(endpoint, context, CancellationToken.None));
        }

        foreach (var endpoint in endpoints.Take(2))
        {
            var seen = Assert.Single(Assert.IsType<Observed>(await new SharedKeysProbe().ObserveAsync(endpoint, context, CancellationToken.None)).Observations).Data;
            Assert.Equal(26, seen.GetProperty("compared").GetInt32());
            Assert.Equal(21, seen.GetProperty("undecided").GetArrayLength());
            Assert.Equal("等 25 个", seen.GetProperty("undecided")[20].GetString());
        }

        var table = Assert.Single(evidence.Files, f => f.Key.Contains("shared-keys", StringComparison.Ordinal)).Value;
        Assert.Equal(27, table.Count(b => b == '\n'));
    }

    private static async Task<JsonElement> SeenAsync(params int[] ports) => Assert.Single(Assert.IsType<Observed>(await EndAsync(ports)).Observations).Data;

    /// <summary>A run over all ports; how it ended for the first.</summary>
    private static async Task<ProbeOutcome> EndAsync(params int[] ports)
    {
        List<Endpoint> endpoints = [.. ports.Select((port, i) => ProbeContexts.Local(port, serverName: "localhost") with { Id = $"e{i}" })];
        var plan = ProbeCatalogue.Of([new SharedKeysProbe(), new ProtocolVersionsProbe(), new ServerCertificatesProbe()]).Plan(endpoints);
        var records = await new ProbeRunner(ProbeContexts.For(new KeptEvidence(), endpoints), new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);
        return records.Single(r => r.ProbeId == "tls.shared-keys" && r.TargetId == endpoints[0].TargetId).Outcome;
    }

    private static ScriptedServer OldServer(byte[] certificate, bool withTls) => new(async c =>
    {
        if (HelloSeen.Of(await c.ReadRecordAsync()) is not { } hello)
        {
            await c.SendAsync(Ssl2Tests.ServerHello(certificate, [0x0700C0]));
        }
        else if (withTls)
        {
            await c.SendAsync(Tls.Answer(hello));
        }

        await c.LingerAsync();
    });

    private static byte[] AnotherCertificateOf(TestCertificate certificate)
    {
        using var key = RSA.Create();
        key.ImportFromPem(certificate.KeyPem);
        using var other = new CertificateRequest("CN=mail.test.lab", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TestCertificates.NotBefore, TestCertificates.NotAfter);
        return other.RawData;
    }

    private static string Digest(TestCertificate certificate)
    {
        using var read = X509Certificate2.CreateFromPem(certificate.CertificatePem);
        return Convert.ToHexStringLower(SHA256.HashData(read.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}
