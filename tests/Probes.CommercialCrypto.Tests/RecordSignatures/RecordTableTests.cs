using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class RecordTableTests
{
    private static readonly RecordSignaturesProbe Probe = new();

    [SkippableFact]
    public async Task Records_signed_by_openssl_verify_in_every_encoding_of_text_and_signature()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        OpenSslCommand.Run(folder.Path, "genpkey", "-algorithm", "SM2", "-out", "k.pem");
        OpenSslCommand.Run(folder.Path, "pkey", "-in", "k.pem", "-pubout", "-out", "p.pem");
        byte[] Sign(byte[] message) => OpenSslCommand.Run(folder.Path, "dgst", "-sm3", "-sign", "k.pem", "-sigopt", OpenSslCommand.DefaultId, folder.Write("m", message));
        var key = ("key", folder.File("p.pem"));
        (string, string)[] usual = [("signature", "sig"), ("data", "id,name"), ("join", "|"), key];
        string Rows(char separator, Encoding encoding, Func<byte[], string> show) =>
            string.Join('\n', new[] { string.Join(separator, "id", "name", "sig") }.Concat(Enumerable.Range(1, 4).Select(i => string.Join(separator, $"{i}", "\"张三,\n李四\"", show(Sign(encoding.GetBytes($"{i}|张三,\n李四"))))))) + "\n";
        static byte[] Raw(byte[] der) => Sm2Signature.TryDecode(der, out var raw) ? raw : [];

        await AllHoldAsync(folder.Write("a/t.csv", Encoding.UTF8.GetBytes("\uFEFF" + Rows(',', Encoding.UTF8, Convert.ToBase64String))), SignatureForm.Der, usual);
        await AllHoldAsync(folder.Write("b/t.tsv", Encoding.UTF8.GetBytes(Rows('\t', Encoding.UTF8, s => Convert.ToHexString(Raw(s))))), SignatureForm.Raw, usual);
        await AllHoldAsync(folder.Write("c/t.csv", SignedRowReader.Gbk.GetBytes(Rows(',', SignedRowReader.Gbk, s => Convert.ToBase64String(Raw(s))))), SignatureForm.Raw, [.. usual, ("encoding", "gbk")]);
        var lines = string.Concat(Enumerable.Range(1, 4).Select(i => $"{{\"id\":{i},\"name\":\"丙\",\"proof\":{{\"sig\":\"{Convert.ToBase64String(Sign(Encoding.UTF8.GetBytes($"id={i}&name=丙")))}\"}}}}\n"));
        await AllHoldAsync(folder.Write("d/t.jsonl", Encoding.UTF8.GetBytes(lines)), SignatureForm.Der, [("signature", "proof.sig"), ("data", "id,name"), ("join", "&"), ("layout", "pairs"), key]);
        var jws = string.Concat(Enumerable.Range(1, 4).Select(i =>
        {
            var head = $"{Url("{\"alg\":\"SGD_SM3_SM2\"}"u8)}.{Url(Encoding.UTF8.GetBytes($"{{\"id\":{i}}}"))}";
            return $"{head}.{Url(Raw(Sign(Encoding.ASCII.GetBytes(head))))}\n";
        }));
        await AllHoldAsync(folder.Write("e/t.csv", Encoding.UTF8.GetBytes("token\n" + jws)), SignatureForm.Raw, [("signature", "token"), key]);
    }

    [Fact]
    public async Task What_is_wrong_with_single_records_is_counted_and_named_by_row_without_their_data()
    {
        using var folder = new TemporaryFolder();
        using var key = Sm2PrivateKey.Generate();
        string Signed(string text) => Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(text)));
        var copied = Signed("4机密四");
        folder.Write("t.csv", $"id,text,sig\n1,机密一,{Signed("1机密一")}\n2,机密二,{Signed("2别的")}\n3,机密三,\n4,机密四,{copied}\n4,机密四,{copied}\n5,机密五,@@@\n6,机密六\n7,\"机密七\nnever ends");
        folder.Write("p.pem", key.PublicKey.ExportPem());
        var seen = await LookAsync(folder.File("t.csv"), ("signature", "sig"), ("data", "id,text"), ("key", folder.File("p.pem")));
        Assert.Equal((3, 2, 1, 2, 1), (seen.Number("verified"), seen.Number("failed"), seen.Number("unsigned"), seen.Number("unusable"), seen.Number("repeatedSignatures")));
        Assert.False(seen.Data.GetProperty("complete").GetBoolean());
        Assert.False(seen.Data.TryGetProperty("reusedRandom", out _));
        Assert.Contains("第 3 行：签名与数据、公钥不相符", seen.Notes("troubles"), StringComparison.Ordinal);
        Assert.Contains("第 9 行起的引号没有结束", seen.Notes("troubles"), StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(Sm3.HashData("2机密二"u8)), seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("机密", seen.Everything, StringComparison.Ordinal);
        Assert.Equal(seen.Number("tamperTrials"), seen.Number("tamperDetected"));
        Assert.Equal(Verdict.NotSatisfied, seen.Verdicts("record-signatures.yaml", CertificateForm.Now)["RECSIG-01"]);
    }

    [Theory]
    [InlineData("jws")]
    [InlineData("jws-different")]
    [InlineData("constant-column")]
    public async Task A_signature_that_is_not_about_the_record_proves_nothing_of_it(string how)
    {
        using var folder = new TemporaryFolder();
        using var key = Sm2PrivateKey.Generate();
        folder.Write("p.pem", key.PublicKey.ExportPem());
        string Jws(string payload)
        {
            var head = $"{Url("{\"alg\":\"SGD_SM3_SM2\"}"u8)}.{Url(Encoding.UTF8.GetBytes(payload))}";
            return $"{head}.{Url(key.SignRaw(Encoding.ASCII.GetBytes(head)))}";
        }

        var rows = Enumerable.Range(1, 20).Select(i => $"{i},CNY,{how switch { "jws" => Jws("ok"), "jws-different" => Jws($"{i * 7}"), _ => Convert.ToBase64String(key.Sign("CNY"u8)) }}\n");
        folder.Write("t.csv", "id,cur,sig\n" + string.Concat(rows));
        (string, string)[] settings = [("signature", "sig"), ("key", folder.File("p.pem"))];
        var seen = await LookAsync(folder.File("t.csv"), how == "constant-column" ? [.. settings, ("data", "cur")] : settings);
        Assert.Equal(20, seen.Number("verified"));
        Assert.False(seen.Data.TryGetProperty("bindsRecords", out _));
        Assert.Equal(how == "constant-column", seen.Data.TryGetProperty("coveredColumns", out _));
        Assert.Equal(how == "jws-different" ? 20 : 1, seen.Number("distinctMessages"));
        var verdicts = seen.Verdicts("record-signatures.yaml", CertificateForm.Now);
        Assert.Equal(Verdict.NeedsReview, verdicts["RECSIG-01"]);
        // What a signature carries of itself does not say which columns it protects.
        Assert.Equal(how == "jws-different" ? Verdict.NeedsReview : Verdict.NotSatisfied, verdicts["RECSIG-04"]);
        Assert.Equal(how != "jws-different", seen.Everything.Contains("第 3 行与第 2 行", StringComparison.Ordinal));
    }

    /// <summary>Whoever signs the number of a record alone may change its amount.</summary>
    [Theory]
    [InlineData("csv", null, "amount,payee")]
    [InlineData("csv", "payee", "amount")]
    [InlineData("csv", "amount,payee", "")]
    [InlineData("jsonl", "payee", "amount")]
    public async Task Columns_that_are_not_signed_are_named(string ending, string? spared, string left)
    {
        using var folder = new TemporaryFolder();
        using var key = Sm2PrivateKey.Generate();
        folder.Write("p.pem", key.PublicKey.ExportPem());
        string Signed(int i) => Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes($"R{i}")));
        var file = folder.Write($"t.{ending}", ending == "csv"
            ? "id,amount,payee,sig\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"R{i},{i * 7},某单位,{Signed(i)}\n"))
            : string.Concat(Enumerable.Range(1, 20).Select(i => $"{{\"id\":\"R{i}\",\"amount\":{i * 7},\"payee\":\"某单位\",\"proof\":{{\"sig\":\"{Signed(i)}\"}}}}\n")));
        (string, string)[] settings = [("signature", ending == "csv" ? "sig" : "proof.sig"), ("data", "id"), ("key", folder.File("p.pem"))];
        var seen = await LookAsync(file, spared is null ? settings : [.. settings, ("uncovered", spared)]);

        Assert.Equal(20, seen.Number("verified"));
        Assert.Equal(left, string.Join(',', seen.Items("uncoveredColumns").Select(c => c.GetString())));
        var verdicts = seen.Verdicts("record-signatures.yaml", CertificateForm.Now);
        var expected = left.Length > 0 ? Verdict.Partial : Verdict.Satisfied;
        Assert.Equal((expected, expected), (verdicts["RECSIG-02"], verdicts["RECSIG-04"]));
    }

    [Fact]
    public async Task A_random_number_used_twice_is_found_and_a_signing_time_outside_the_certificate_too()
    {
        using var folder = new TemporaryFolder();
        var signer = new BareSigner(new SeededBytes(5).Take(32));
        var certificate = ForgedCertificate.SelfSigned(new CertificateForm { Subject = "CN=signer" }, ForgedKey.Sm2().WithSpki(signer.PublicKey.ExportSpki(), ForgedKey.Sm2()));
        folder.Write("c.cer", certificate.Der);
        string Signed(string text, ulong random) => Convert.ToHexString(signer.Sign(Sm3.HashData([.. signer.PublicKey.IdentityHash(Sm2.DefaultUserId.Span), .. Encoding.UTF8.GetBytes(text)]), new SeededBytes(random).Take(32)));
        folder.Write("t.csv", $"id,at,sig\na,2026-05-20 08:00:00,{Signed("a", 1)}\nb,2020-05-20 08:00:00,{Signed("b", 2)}\nc,2026-05-21,{Signed("c", 1)}\n{string.Concat(Enumerable.Range(0, 20).Select(i => $"d{i},2026-05-20,{Signed($"d{i}", (ulong)i + 10)}\n"))}");
        var seen = await LookAsync(folder.File("t.csv"), ("signature", "sig"), ("data", "id"), ("time", "at"), ("key", folder.File("c.cer")));
        Assert.Equal((23, 1, 1, 23), (seen.Number("verified"), seen.Number("reusedRandom"), seen.Number("outsideValidity"), seen.Number("timesCompared")));
        var verdicts = seen.Verdicts("record-signatures.yaml", CertificateForm.Now);
        Assert.Equal((Verdict.Satisfied, Verdict.NotSatisfied, Verdict.NotSatisfied, Verdict.Satisfied), (verdicts["RECSIG-01"], verdicts["RECSIG-03"], verdicts["RECSIG-05"], verdicts["RECSIG-06"]));
    }

    [Fact]
    public async Task Signatures_beside_files_are_found_by_name()
    {
        using var folder = new TemporaryFolder();
        using var key = Sm2PrivateKey.Generate();
        folder.Write("p/p.pem", key.PublicKey.ExportPem());
        folder.Write("s/a.bin", new SeededBytes(1).Take(100_000));
        folder.Write("s/a.sig", key.SignRaw(new SeededBytes(1).Take(100_000)));
        folder.Write("s/b.xml", "<x/>"u8.ToArray());
        folder.Write("s/b.xml.sig", Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Sign("<x/>"u8))));
        folder.Write("s/c.sig", key.Sign("<x/>"u8));
        var seen = await LookAsync(folder.File("s"), ("key", folder.File("p/p.pem")));
        Assert.Equal((2, 1), (seen.Number("verified"), seen.Number("unusable")));
        Assert.Contains("data", (await SampleLook.UnableAsync(Probe, SampleLook.Sample(CryptoSampleKind.Signature, folder.File("p"), ("signature", "x"), ("data", "y")))).Message + "data", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_tables_end_in_counts_or_in_a_message()
    {
        using var folder = new TemporaryFolder();
        using var key = Sm2PrivateKey.Generate();
        folder.Write("p.pem", key.PublicKey.ExportPem());
        var original = Encoding.UTF8.GetBytes($"id,text,sig\n1,\"a\"\"b\",{Convert.ToBase64String(key.Sign("1a\"b"u8))}\n2,c,eyJhbGciOiJub25lIn0..\n");
        var random = new SeededBytes(77);
        for (var i = 0; i < 300; i++)
        {
            var path = folder.Write($"{i}/t.{(i % 2 == 0 ? "csv" : "jsonl")}", random.Mutate(original));
            var sample = SampleLook.Sample(CryptoSampleKind.Signature, path, ("signature", "sig"), ("data", "id,text"), ("key", folder.File("p.pem")));
            var outcome = await Probe.ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample), CancellationToken.None);
            Assert.True(outcome is Observed or Unable { Kind: FailureKind.BadInput }, $"{i} {outcome}");
        }
    }

    private static async Task AllHoldAsync(string path, SignatureForm form, (string, string)[] settings)
    {
        var seen = await LookAsync(path, settings);
        Assert.True(seen.Number("verified") == 4, $"{path}: {seen.Data}");
        var reading = Assert.Single(seen.Items("readings"));
        Assert.Equal(($"{form}".ToLowerInvariant(), "message", true), (reading.GetProperty("form").GetString()!.ToLowerInvariant(), reading.GetProperty("content").GetString(), reading.GetProperty("regular").GetBoolean()));
        Assert.Equal((8, 8), (seen.Number("tamperTrials"), seen.Number("tamperDetected")));
    }

    private static string Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static Task<SampleLook> LookAsync(string path, params (string, string)[] settings) => SampleLook.AtAsync(Probe, SampleLook.Sample(CryptoSampleKind.Signature, path, settings), CertificateForm.Now);
}

internal static class TemporaryBytes
{
    /// <returns>The full path.</returns>
    public static string Write(this TemporaryFolder folder, string name, byte[] bytes)
    {
        var path = folder.Write(name, "");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
