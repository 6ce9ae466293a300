using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Cbom;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

public sealed class CbomReportTests
{
    private static readonly CodeAlgorithm[] Known =
    [
        new("SM2", AlgorithmStanding.Sm, "pke", []) { Oids = Oid("1.2.156.10197.1.301"), Strength = new(StrengthBasis.Fixed, 128) },
        new("SM3", AlgorithmStanding.Sm, "hash", []) { Strength = new(StrengthBasis.Fixed, 128) },
        new("HMAC-SM3", AlgorithmStanding.Sm, "mac", []),
        new("SM4", AlgorithmStanding.Sm, "block-cipher", []) { Oids = Oid("1.2.156.10197.1.104", ("CBC", "1.2.156.10197.1.104.2")), Strength = new(StrengthBasis.Fixed, 128) },
        new("AES", AlgorithmStanding.Foreign, "block-cipher", []) { Oids = new Dictionary<string, string>(StringComparer.Ordinal) { ["128/GCM"] = "2.16.840.1.101.3.4.1.6" }, Strength = new(StrengthBasis.Key, 0) },
        new("SHA-2", AlgorithmStanding.Foreign, "hash", []) { Strength = new(StrengthBasis.Half, 0) },
        new("RSA", AlgorithmStanding.Foreign, "pke", []) { Strength = new(StrengthBasis.Modulus, 0), WeakBelow = 2048 },
        new("ECDH", AlgorithmStanding.Foreign, "key-agree", []),
        new("MD5", AlgorithmStanding.Weak, "hash", []),
        new("TLCP", AlgorithmStanding.Sm, "protocol", ["tlcp"]),
        new("TLS 1.0", AlgorithmStanding.Weak, "protocol", ["tlsv1", "tlsv10"]),
        new("TLS 1.2", AlgorithmStanding.Foreign, "protocol", ["tlsv12"]),
        new("TLS", AlgorithmStanding.Foreign, "protocol", ["tls"]),
    ];

    [Fact]
    public async Task Code_files_and_channels_are_one_list_that_the_schema_allows()
    {
        var bom = await BomAsync(Town());
        var path = Environment.GetEnvironmentVariable("CYCLONEDX_SCHEMA") ?? Path.Combine(AppContext.BaseDirectory, "Schemas", "cyclonedx-part.json");
        Assert.Empty((await NJsonSchema.JsonSchema.FromFileAsync(path)).Validate(bom.ToJsonString()));
        var references = bom["components"]!.AsArray().Select(c => (string)c!["bom-ref"]!).ToList();
        Assert.Equal(references.Count, references.Distinct(StringComparer.Ordinal).Count());
        Assert.All(bom["dependencies"]!.AsArray().SelectMany(d => d!["dependsOn"]!.AsArray().Append(d["ref"])), r => Assert.Contains((string)r!, references));

        var sm4 = One(bom, "SM4-CBC");
        Assert.Equal(("block-cipher", "cbc", 128, "1.2.156.10197.1.104.2", "商密"), (Of(sm4, "primitive"), Of(sm4, "mode"), (int)sm4["cryptoProperties"]!["algorithmProperties"]!["classicalSecurityLevel"]!, (string?)sm4["cryptoProperties"]!["oid"], Property(sm4, "smartcity:gm:status")));
        Assert.Equal(["src/Pay.java", "zwfw.example.gov.cn:443"], sm4["evidence"]!["occurrences"]!.AsArray().Select(o => (string?)o!["location"]));
        Assert.Equal(7, (int)sm4["evidence"]!["occurrences"]![0]!["line"]!);
        Assert.Equal("2.16.840.1.101.3.4.1.6", (string?)One(bom, "AES-128-GCM")["cryptoProperties"]!["oid"]);
        Assert.Equal("other", (string?)One(bom, "TLCP")["cryptoProperties"]!["protocolProperties"]!["type"]);
        Assert.Equal("TLCPv1.1", (string?)One(bom, "TLCP")["cryptoProperties"]!["protocolProperties"]!["version"]);
        Assert.Equal(("不安全", 80), (Property(One(bom, "RSA-1024"), "smartcity:gm:status"), (int)One(bom, "RSA-1024")["cryptoProperties"]!["algorithmProperties"]!["classicalSecurityLevel"]!));
        Assert.Equal("商密", Property(One(bom, "CN=portal"), "smartcity:gm:status"));
        Assert.Equal("不安全", Property(One(bom, "CN=old"), "smartcity:gm:status"));
        Assert.Equal("true", Property(One(bom, "私钥 old.key"), "smartcity:clear"));
    }

    [Fact]
    public void What_nobody_looked_at_is_not_called_absent()
    {
        var inventory = CryptoInventory.Of(SamplePacks.Rich());
        Assert.All(inventory.Tallies, t => Assert.Equal("没有看", t.Say()));
        var town = CryptoInventory.Of(Town());
        Assert.Equal([(2, 0, 1, 1), (0, 0, 2, 0), (6, 5, 0, 0)], town.Tallies.Select(t => (t.Sm, t.Foreign, t.Weak, t.Open)));
        Assert.Contains(town.Gaps, g => g.Contains("没有枚举完", StringComparison.Ordinal));
    }

    /// <summary>What was not wholly looked at may hold what was not seen.</summary>
    [Theory]
    [InlineData("code.crypto-use", """{"isWhole":false,"notCovered":[]}""", "没有看全，看到的部分里没有见到")]
    [InlineData("code.crypto-use", """{"isWhole":true,"notCovered":["*.scala"],"algorithms":[],"uses":[]}""", "没有看全，看到的部分里没有见到")]
    [InlineData("code.crypto-use", """{"isWhole":true,"notCovered":[],"algorithms":[],"uses":[]}""", "看了，没有见到")]
    [InlineData("code.crypto-use", """{"isWhole":false,"notCovered":[],"seenSoFar":[{"algorithm":"MD5","primitive":"hash","file":"a","line":1}]}""", "没有看全，看到的部分里 商密 0、国外 0、不安全 1、未定 0")]
    [InlineData("crypto.certificate-files", """{"certificates":[]}""", "没有看全，看到的部分里没有见到")]
    [InlineData("crypto.certificate-files", """{"certificates":[],"privateKeys":[]}""", "看了，没有见到")]
    [InlineData("tls.cipher-suites", """{"isWhole":true}""", "没有看全，看到的部分里没有见到")]
    [InlineData("tls.cipher-suites", """{"isWhole":true,"versions":[]}""", "看了，没有见到")]
    public async Task None_seen_is_none_only_where_everything_was_looked_at(string kind, string data, string said)
    {
        using var document = JsonDocument.Parse(data);
        var pack = With(Seen(kind, "source-tree:backend", document.RootElement));
        var inventory = CryptoInventory.Of(pack);
        Assert.Equal(said, Assert.Single(inventory.Tallies, t => t.Reach != LookedAt.Nowhere).Say());
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), PageUse.Screen, page, CancellationToken.None);
        Assert.Contains(said, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).GetElementById("crypto-assets")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_could_not_be_looked_at_leaves_its_place_in_part()
    {
        var whole = Seen("tls.cipher-suites", "endpoint:portal", new { isWhole = true, versions = Array.Empty<object>() });
        var unable = whole with { TargetId = "endpoint:exchange", Outcome = new Unable(FailureKind.Unreachable, "没有应答") };
        var inventory = CryptoInventory.Of(With(whole, unable));
        Assert.Equal(LookedAt.InPart, inventory.Tallies[2].Reach);
        Assert.Contains(inventory.Gaps, g => g.EndsWith("：没有应答", StringComparison.Ordinal));
        Assert.Equal(LookedAt.Nowhere, CryptoInventory.Of(With(unable)).Tallies[2].Reach);
        Assert.True(CryptoInventory.Of(With(unable)).SaysSomething);
    }

    [Fact]
    public async Task Counted_uses_keep_names_no_table_knows_and_the_length_of_weak_keys_and_say_that_places_are_missing()
    {
        var pack = With(Seen("code.crypto-use", "source-tree:backend", new
        {
            isWhole = true,
            algorithms = new object[]
            {
                new { algorithm = "HOUSE-CIPHER", standing = "未定", primitive = "block-cipher", uses = 6000, first = "src/A.java:7" },
                new { algorithm = "RSA", standing = "不安全", primitive = "pke", uses = 1, first = "src/A.java:8", keyBits = 1024 },
            },
        }));
        var bom = await BomAsync(pack);
        Assert.Equal("只列出 1 处，另有 5999 处没有列出", Property(One(bom, "HOUSE-CIPHER"), "smartcity:occurrences"));
        Assert.Equal("不安全", Property(One(bom, "RSA-1024"), "smartcity:gm:status"));
        Assert.Null(Property(One(bom, "RSA-1024"), "smartcity:occurrences"));
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), PageUse.Screen, page, CancellationToken.None);
        Assert.DoesNotContain("全部出处", Encoding.UTF8.GetString(page.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_place_of_a_listed_use_is_left_out()
    {
        var uses = Enumerable.Range(1, 2500).Select(n => new { algorithm = "MD5", primitive = "hash", file = "a.java", line = n }).ToList();
        var bom = await BomAsync(With(Seen("code.crypto-use", "source-tree:backend", new { isWhole = true, uses })));
        Assert.Equal(2500, One(bom, "MD5")["evidence"]!["occurrences"]!.AsArray().Count);
    }

    [Fact]
    public void A_version_stands_under_one_name_in_code_and_on_the_wire()
    {
        var assets = CryptoInventory.Of(With(
            Seen("code.crypto-use", "source-tree:backend", new { isWhole = true, uses = new[] { new { algorithm = "TLS 1.0", primitive = "protocol", file = "a", line = 1 } } }),
            Seen("tls.cipher-suites", "endpoint:portal", new { isWhole = true, versions = new object[] { new { version = "TLSv1.0", suites = Array.Empty<object>() }, new { version = "QUIC", suites = Array.Empty<object>() } } }))).Assets.OfType<ProtocolAsset>();
        Assert.Equal([("QUIC", null, 1), ("TLS 1.0", (AlgorithmStanding?)AlgorithmStanding.Weak, 2)], assets.Select(a => (a.Name, a.Standing, a.Uses)));
    }

    [Theory]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDH RSA AES-128-GCM SHA-256")]
    [InlineData("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "RSA 3DES-CBC HMAC-SHA1")]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256", "ChaCha20-POLY1305 SHA-256")]
    [InlineData("TLS_SM4_GCM_SM3", "SM4-GCM SM3")]
    [InlineData("ECC_SM4_CBC_SM3", "SM2 SM4-CBC HMAC-SM3")]
    [InlineData("ECDHE_SM4_GCM_SM3", "SM2 SM4-GCM SM3")]
    [InlineData("TLS_RSA_WITH_NULL_MD5", "RSA HMAC-MD5")]
    [InlineData("TLS_DH_anon_EXPORT_WITH_RC4_40_MD5", "DH RC4-40 HMAC-MD5")]
    [InlineData("0xFFFE", "")]
    [InlineData("", "")]
    public void Names_of_suites_say_what_is_in_them(string suite, string parts)
    {
        var data = new { isWhole = true, versions = new[] { new { version = "V", suites = new[] { new { name = suite, number = "0x0001", recognised = !suite.StartsWith("0x", StringComparison.Ordinal) } } } } };
        var pack = With(Seen("tls.cipher-suites", "endpoint:portal", data));
        var named = Assert.Single(CryptoInventory.Of(pack).Assets.OfType<ProtocolAsset>()).Suites[0].Algorithms.Select(a => a.Split(':')[1]);
        Assert.Equal(parts, string.Join(' ', named));
    }

    [Fact]
    public async Task Odd_observations_do_no_harm()
    {
        foreach (var text in new[] { "[]", "3", """{"uses":[3,null,{}],"algorithms":"x","notCovered":[1,"甲"],"versions":[{"version":"V","suites":[{}]}],"certificates":[{"sha256":3},{"sha256":"a"}],"privateKeys":[{},{"file":"\u202e"}]}""" })
        {
            using var document = JsonDocument.Parse(text);
            var kinds = new[] { "code.crypto-use", "tls.cipher-suites", "tls.server-certificates", "crypto.certificate-files" };
            var pack = With([.. kinds.Select(k => Seen(k, "endpoint:portal", document.RootElement))]);
            Assert.NotNull((await BomAsync(pack))["components"]);
            using var page = new MemoryStream();
            await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), PageUse.Screen, page, CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_page_shows_places_and_names()
    {
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(Town()), PageUse.Screen, page, CancellationToken.None);
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray()));
        var block = document.GetElementById("crypto-assets");
        Assert.Contains("，src/Pay.java:7", block!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, block.QuerySelectorAll("svg[role=img]").Length);
    }

    private static EvidencePack Town() => With(
        Seen("code.crypto-use", "source-tree:backend", new
        {
            isWhole = true,
            notCovered = Array.Empty<string>(),
            uses = new object[]
            {
                new { algorithm = "SM4", mode = "CBC", primitive = "block-cipher", api = "JCA", file = "src/Pay.java", line = 7 },
                new { algorithm = "SM3", primitive = "hash", api = "Hutool", file = "src/Pay.java", line = 9 },
                new { algorithm = "MD5", primitive = "hash", api = "JCA", file = "src/Old.java", line = 3 },
                new { primitive = "hash", api = "JCA", file = "src/Old.java", line = 4 },
                new { primitive = "drbg", algorithm = "SHA1PRNG", api = "JCA", file = "src/Old.java", line = 5 },
            },
        }),
        Seen("tls.cipher-suites", "endpoint:portal", new
        {
            isWhole = false,
            versions = new object[]
            {
                new { version = "TLCPv1.1", suites = new[] { new { name = "ECC_SM4_CBC_SM3", number = "0xE013" } } },
                new { version = "TLSv1.2", confirmed = new[] { new { name = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", number = "0xC02F" } } },
            },
        }),
        Seen("tls.server-certificates", "endpoint:portal", new { certificates = (object?)null, tlcpCertificates = new[] { Certificate("CN=portal", "11", "SM2", 256, "SM3") } }),
        Seen("crypto.certificate-files", "endpoint:portal", new
        {
            certificates = new[] { Certificate("CN=old", "22", "RSA", 1024, "MD5") },
            privateKeys = new[] { new { file = "old.key", offset = 0, format = "pkcs8", algorithm = "RSA", clear = true } },
        }));

    private static object Certificate(string subject, string digest, string key, int bits, string hash) =>
        new { file = "old.pem", subject, issuer = subject, sha256 = digest, keyAlgorithm = key, keyBits = bits, signatureHash = hash, notBefore = "2026-01-01T00:00:00Z", notAfter = "2027-01-01T00:00:00Z" };

    private static EvidencePack With(params ProbeRecord[] records) => SamplePacks.Rich() with { Algorithms = Known, Outcomes = records };

    private static ProbeRecord Seen(string kind, string target, object data)
    {
        var rich = SamplePacks.Rich().Outcomes.First(o => o.Outcome is Observed { Observations.Count: > 0 });
        var element = data as JsonElement? ?? JsonSerializer.SerializeToElement(data);
        return rich with { ProbeId = kind, TargetId = target, Outcome = new Observed([((Observed)rich.Outcome).Observations[0] with { Kind = kind, ProbeId = kind, TargetId = target, Data = element }]) };
    }

    private static async Task<JsonNode> BomAsync(EvidencePack pack) => JsonNode.Parse(await Written.TextAsync(new CbomReportWriter(), pack))!;

    private static JsonNode One(JsonNode bom, string name) => Assert.Single(bom["components"]!.AsArray(), c => (string)c!["name"]! == name)!;

    private static string? Of(JsonNode component, string field) => (string?)component["cryptoProperties"]!["algorithmProperties"]![field];

    private static string? Property(JsonNode component, string name) => (string?)component["properties"]!.AsArray().FirstOrDefault(p => (string)p!["name"]! == name)?["value"];

    private static Dictionary<string, string> Oid(string general, params (string Key, string Value)[] others) => others.Append(("", general)).ToDictionary(o => o.Item1, o => o.Item2, StringComparer.Ordinal);
}
