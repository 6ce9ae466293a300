using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The law of fingerprints: what stands elsewhere has no say, what stands in the line has.</summary>
public sealed class FingerprintTests
{
    private static readonly string[] Code =
    [
        "class A {", "  Object a() { return MessageDigest.getInstance(\"MD5\"); }", "  Object b() { return Cipher.getInstance(\"DES/ECB/PKCS5Padding\"); }",
        "  byte[] key = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };", "  Object c() { return new SecretKeySpec(key, \"DES\"); }",
        "  Object d() { return MessageDigest.getInstance(\"MD5\"); }", "  void e() { KeyPairGenerator g = KeyPairGenerator.getInstance(\"RSA\"); g.initialize(1024); }",
        "  String password = \"Gov@2024x\"; String other = \"Gov@2024x\";", "  String SM4_KEY = \"9f2c47b1d8e05a36c9b7e14f2a8d6053\";", "}",
    ];

    /// <summary>Lines that are code of their own, with numbers, literals and secrets in them.</summary>
    private static readonly string[] Elsewhere = ["", "  // note", "  int n = 7;", "  int[] m = { 1, 2, 3 };", "  String s = \"a\";", "  String dbPassword = \"Other@2025z\";", "  void f() { g(8, 9); }", "\t"];

    private static readonly SecretExaminer Secrets = new(new SecretRules(Tables.Secrets));

    [Fact]
    public void Lines_that_come_or_go_elsewhere_leave_every_fingerprint()
    {
        var before = Prints(Code);
        Assert.True(before.Count >= 8, $"{before.Count}");
        var seed = new SeededBytes(8);
        for (var i = 0; i < 300; i++)
        {
            var lines = new List<string>(Code);
            for (var n = 1 + seed.Below(6); n > 0; n--)
            {
                lines.Insert(1 + seed.Below(lines.Count - 1), Elsewhere[seed.Below(Elsewhere.Length)]);
            }

            Assert.Subset(Prints(lines), before);
        }
    }

    [Fact]
    public void White_space_of_the_line_does_not_count_its_words_do()
    {
        var before = Prints(["class A { Object a() { return MessageDigest.getInstance(\"MD5\"); } }"]);
        Assert.Equal(before, Prints(["class A {  Object a()\t{ return MessageDigest.getInstance( \"MD5\" ); } }"]));
        Assert.NotEqual(before, Prints(["class A { Object b() { return MessageDigest.getInstance(\"MD5\"); } }"]));
        Assert.NotEqual(Prints(["void e() { KeyPairGenerator g = KeyPairGenerator.getInstance(\"RSA\"); g.initialize(1024); }"]), Prints(["void e() { KeyPairGenerator g = KeyPairGenerator.getInstance(\"RSA\"); g.initialize(512); }"]));
    }

    [Fact]
    public void Equal_lines_are_told_apart_and_files_too()
    {
        const string line = "Object a() { return MessageDigest.getInstance(\"MD5\"); }";
        Assert.Equal(2, Prints([line, line]).Count);
        Assert.NotEqual(Prints([line]), Prints([line], "B.java"));
    }

    [Fact]
    public void Merging_keeps_the_name_an_engine_of_ours_gave_and_gives_one_law_to_the_others()
    {
        var own = ShippedPatterns.Examine(SourceLanguage.Java, Code[1], "A.java").Defects.Single(d => d.RuleId.StartsWith("GM-03", StringComparison.Ordinal));
        var foreign = own with { Engine = "Other（x）", Fingerprint = "", Confidence = CodeConfidence.Low };
        Assert.Equal(own.Fingerprint, Assert.Single(DefectMerging.Merge([foreign, own])).Fingerprint);
        var alone = Assert.Single(DefectMerging.Merge([foreign])).Fingerprint;
        Assert.Equal(alone, Assert.Single(DefectMerging.Merge([foreign with { Engine = "Third（y）", RuleId = "y" }])).Fingerprint);
        Assert.NotEqual(own.Fingerprint, alone);
    }

    private static HashSet<string> Prints(IReadOnlyList<string> lines, string path = "A.java")
    {
        var text = string.Join('\n', lines);
        var source = Tokenizer.Tokenize(new SourceFile(path, SourceLanguage.Java, text, "utf-8", lines.Count));
        List<CodeDefect> defects = [.. ShippedPatterns.Examiner.Examine(source).Defects, .. Secrets.Examine(source).Defects];
        Assert.All(defects, d => Assert.Matches("^[0-9a-f]{64}$", d.Fingerprint));
        var prints = defects.Select(d => d.Fingerprint).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(defects.Count, prints.Count);
        return prints;
    }
}
