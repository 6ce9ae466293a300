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
