using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class KeyExchangeTests
{
    /// <summary>RFC 2409 §6.2, Oakley group 2.</summary>
    private static readonly byte[] Oakley2 = Convert.FromHexString(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF");

    private static readonly ScriptedTls Both = new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [0xC030, 0xC02F, 0x009E], [0x0304] = [0x1302, 0x1301] },
        Groups = [0x11EC, 0x11EE, 41, 29, 23],
        Curves = [24, 29, 21, 23],
        Schemes = [0x0804, 0x0401, 0x0201],
        Prime = Oakley2,
    };

    [Fact]
    public async Task Groups_curves_primes_and_schemes_are_found()
    {
        var seen = await SeenAsync(Both);

        Assert.Equal("X25519MLKEM768 curveSM2MLKEM768 curveSM2 x25519 secp256r1", Names(seen, "tls13Groups"));
        Assert.Equal("secp384r1 x25519 secp224r1 secp256r1", Names(seen, "curves"));
        Assert.Equal(
            (true, true, 224, 1024, true),
            (seen.GetProperty("offersPostQuantum").GetBoolean(), seen.GetProperty("offersCurveSm2").GetBoolean(), seen.GetProperty("smallestCurveBits").GetInt32(), seen.GetProperty("smallestDhBits").GetInt32(), seen.GetProperty("usesCommonShortPrime").GetBoolean()));
        Assert.Equal("RFC 2409 MODP 1024", seen.GetProperty("dh")[0].GetProperty("source").GetString());
        Assert.True(seen.GetProperty("signsWithBrokenHash").GetBoolean());
        Assert.Contains("rsa_pkcs1_sha1", seen.Names("signatureSchemesConfirmed"), StringComparison.Ordinal);
        Assert.True(seen.GetProperty("serverPrefersTls13Group").GetBoolean());

        // The script signs with the same zeros every time.
        Assert.True(seen.GetProperty("reusesEphemeralKeys").GetBoolean());
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_not_missing()
    {
        var seen = await SeenAsync(new ScriptedTls { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [0x009C, 0x002F] } });

        foreach (var field in new[] { "tls13Groups", "curves", "dh", "smallestDhBits", "usesCommonShortPrime", "exportRsaBits", "signatureSchemes", "signsWithBrokenHash", "reusesEphemeralKeys" })
        {
            Assert.Equal(JsonValueKind.Null, seen.GetProperty(field).ValueKind);
        }

        Assert.False(seen.GetProperty("offersPostQuantum").GetBoolean());
    }

    /// <summary>One key of each of two groups: seen, and nothing to compare them with.</summary>
    [Fact]
    public void Keys_of_which_no_two_can_be_compared_leave_reuse_open()
    {
        var fact = KeyExchangeReading.Reuse([("29", [1]), ("23", [2])], isWhole: true);
        Assert.False(fact.IsKnown);
        Assert.True(KeyExchangeReading.Reuse([], isWhole: true) is { IsKnown: true, Value: null });
        Assert.False(KeyExchangeReading.Reuse([], isWhole: false).IsKnown);
        Assert.True(KeyExchangeReading.Reuse([("29", [1]), ("29", [2])], isWhole: false) is { IsKnown: true, Value: false });
        Assert.True(KeyExchangeReading.Reuse([("29", [1]), ("23", [1]), ("29", [1])], isWhole: false) is { IsKnown: true, Value: true });
    }

    [Fact]
    public async Task Of_finite_fields_one_is_asked_for_and_the_others_are_named()
    {
        var seen = await SeenAsync(Both with { Groups = [29, 23, 30, 0x0100, 0x0101, 0x0102] });

        Assert.False(seen.TryGetProperty("tls13Groups", out _));
        Assert.Equal("x25519 secp256r1 x448 ffdhe2048", Names(seen, "tls13Confirmed"));
        Assert.Equal("ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192", seen.Names("tls13Unasked"));
        Assert.Equal((224, false), (seen.GetProperty("smallestCurveBits").GetInt32(), seen.GetProperty("offersPostQuantum").GetBoolean()));
    }

    [Fact]
    public async Task A_server_that_errs_on_unknown_groups_leaves_the_list_out()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Both, h => h.HasSupportedVersions && !h.Groups.Contains((ushort)29), "alert 80"));
        var seen = await SeenAsync(server.Port);

        Assert.False(seen.TryGetProperty("tls13Groups", out _));
        Assert.Contains("X25519MLKEM768", Names(seen, "tls13Confirmed"), StringComparison.Ordinal);
        Assert.True(seen.GetProperty("offersPostQuantum").GetBoolean());
    }

    [SkippableFact]
    public async Task Nginx_shows_its_groups_within_the_connections_of_a_gentle_scan()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: """
            ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305; ssl_prefer_server_ciphers on;
            ssl_ecdh_curve X25519:prime256v1:secp384r1;
            """);
        var endpoint = ProbeContexts.Local(server.Port, serverName: "localhost");
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var seen = Data(await new KeyExchangeProbe().ObserveAsync(endpoint, context, CancellationToken.None));

        Assert.Equal("x25519 secp256r1 secp384r1", Names(seen, "tls13Groups"));
        Assert.Equal("x25519 secp256r1 secp384r1", Names(seen, "curves"));
        Assert.Equal((false, false), (seen.GetProperty("offersPostQuantum").GetBoolean(), seen.GetProperty("reusesEphemeralKeys").GetBoolean()));
        Assert.False(seen.GetProperty("signsWithBrokenHash").GetBoolean());
        Assert.InRange(((SocketDialer)context.Dialer).Opened, 15, 28);
    }

    /// <summary>Its own curve has to be offered in every hello, so that it cannot be taken away to see the others.</summary>
    [SkippableTheory]
    [InlineData("")]
    [InlineData("-serverpref")]
    [InlineData("-serverpref", "-curves", "P-256:secp192r1:X25519")]
    [InlineData("-curves", "secp192r1:P-256")]
    public async Task Curves_of_a_server_with_an_ECDSA_certificate_alone_are_whole(params string[] arguments)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(
            TestCertificates.Ecdsa(), ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:@SECLEVEL=0", .. arguments.Where(a => a.Length > 0)]);
        var seen = await SeenAsync(server.Port);

        // A server that prefers the curve of its key uses no other with anybody.
        var takesShort = arguments.Contains("secp192r1:P-256", StringComparer.Ordinal);
        Assert.Equal(takesShort ? 192 : arguments.Length > 1 ? 256 : 255, seen.GetProperty("smallestCurveBits").GetInt32());
        Assert.Contains("secp256r1", Names(seen, "curves"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("rsa_pss_rsae_sha256 rsa_pss_rsae_sha384 rsa_pss_rsae_sha512")]
    [InlineData("rsa_pss_rsae_sha384", "-sigalgs", "rsa_pss_rsae_sha384")]
    public async Task Schemes_of_TLS_13_are_taken_away_one_by_one(string expected, params string[] arguments)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Rsa(), ["-tls1_3", .. arguments]);
        var seen = await SeenAsync(server.Port);

        Assert.Equal(expected, seen.Names("tls13SignatureSchemes"));
        Assert.Equal(expected, seen.Names("tls13SignatureSchemesConfirmed"));
    }

    [SkippableFact]
    public async Task Openssl_shows_its_short_prime()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var prime = Path.Combine(AppContext.BaseDirectory, "Fixtures", "dh1024.pem");
        using var server = await OpenSslServer.StartAsync(TestCertificates.Ecdsa(), "-cipher", "ALL:@SECLEVEL=0", "-tls1_2", "-dhparam", prime);
        var seen = await SeenAsync(server.Port);

        Assert.Equal(1024, seen.GetProperty("smallestDhBits").GetInt32());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("dh")[0].GetProperty("source").ValueKind);
        Assert.False(seen.GetProperty("usesCommonShortPrime").GetBoolean());
    }

    [Fact]
    public void Published_primes_are_known_by_name()
    {
        Assert.Equal("RFC 2409 MODP 1024", KnownPrimes.NameOf(Oakley2));
        Assert.Null(KnownPrimes.NameOf(new byte[] { 7 }));
        Assert.Equal((1024, 3, 9, 0), (KeyExchange.BitsOf(Oakley2), KeyExchange.BitsOf(new byte[] { 7 }), KeyExchange.BitsOf(new byte[] { 1, 0 }), KeyExchange.BitsOf(default)));
    }

    [Theory]
    [InlineData(41, "curveSM2", GroupKind.Sm2, 256)]
    [InlineData(1, "sect163k1", GroupKind.EllipticCurve, 163)]
    [InlineData(0x11EE, "curveSM2MLKEM768", GroupKind.Hybrid, 256)]
    [InlineData(0x0104, "ffdhe8192", GroupKind.FiniteField, 8192)]
    [InlineData(0x7777, "0x7777", GroupKind.Unknown, null)]
    public void Groups_have_names(ushort number, string name, GroupKind kind, int? bits)
    {
        var group = NamedGroups.Of(number);

        Assert.Equal((name, kind, bits), (group.Name, group.Kind, group.Bits));
    }

    [Fact]
    public void Lists_hold_every_number_once()
    {
        Assert.Equal(NamedGroups.ForTls13.Count, NamedGroups.ForTls13.Distinct().Count());
        Assert.Equal(NamedGroups.ForEcdhe.Count, NamedGroups.ForEcdhe.Distinct().Count());
        Assert.Equal(SignatureSchemes.All.Count, SignatureSchemes.All.Distinct().Count());
        Assert.All(NamedGroups.ForTls13.Concat(NamedGroups.ForEcdhe), g => Assert.NotEqual(GroupKind.Unknown, NamedGroups.Of(g).Kind));
        Assert.All(HelloNumbers.Groups, g => Assert.Contains(g, NamedGroups.ForTls13));
        Assert.All(HelloNumbers.ClassicGroups, g => Assert.Contains(g, NamedGroups.ForEcdhe));
    }

    private static async Task<JsonElement> SeenAsync(ScriptedTls tls)
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(tls));
        return await SeenAsync(server.Port);
    }

    private static async Task<JsonElement> SeenAsync(int port)
    {
        var endpoint = ProbeContexts.Local(port);
        return Data(await new KeyExchangeProbe().ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None));
    }

    private static JsonElement Data(ProbeOutcome outcome) => Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data;

    private static string Names(JsonElement record, string field) =>
        string.Join(' ', record.GetProperty(field).EnumerateArray().Select(g => g.GetProperty("name").GetString()));
}
