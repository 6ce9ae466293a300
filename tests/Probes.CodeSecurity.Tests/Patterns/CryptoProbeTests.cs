using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The probes over trees on disk.</summary>
public sealed class CryptoProbeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("code-rules").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_is_found_is_told_by_check_and_what_is_not_is_denied()
    {
        Write("src/A.java", "class A { void f() throws Exception {\n  MessageDigest d = MessageDigest.getInstance(\"MD5\");\n  Cipher c = Cipher.getInstance(\"SM4/CBC/PKCS5Padding\");\n} }\n");
        var seen = await DefectsAsync();
        Assert.True(seen.WeakHash.IsFound.Value);
        Assert.Equal(["src/A.java:2"], seen.WeakHash.Seen);
        Assert.Equal(1, seen.WeakHash.Count.Value);
        Assert.False(seen.Ecb.IsFound.Value);
        Assert.Equal(0, seen.Ecb.Count.Value);
        Assert.Equal(["GM-03-jca"], seen.Defects.Value.Select(d => d.RuleId));
        Assert.Equal((1, 4L, true), (seen.Files, seen.Lines, seen.IsWhole));
    }

    [Fact]
    public async Task A_language_without_rules_of_the_check_leaves_it_open()
    {
        Write("a.c", "int main(void) { return 0; }\n");
        var seen = await DefectsAsync();
        Assert.False(seen.WeakHash.IsFound.Value);
        Assert.False(seen.PasswordStorage.IsFound.IsKnown);
        Assert.Equal(["C"], seen.PasswordStorage.NotCovered);
    }

    [Fact]
    public async Task A_tree_that_was_not_wholly_read_denies_nothing_and_still_tells()
    {
        Write("A.java", "class A { Object f() { return MessageDigest.getInstance(\"MD5\"); } }\n");
        File.WriteAllBytes(Path.Combine(_root, "B.java"), [.. new byte[] { 0xEF, 0xBB, 0xBF }, .. Enumerable.Repeat((byte)'a', 5 * 1024 * 1024)]);
        var seen = await DefectsAsync();
        Assert.False(seen.IsWhole);
        Assert.True(seen.WeakHash.IsFound.Value);
        Assert.False(seen.WeakHash.Count.IsKnown);
        Assert.False(seen.Ecb.IsFound.IsKnown);
        Assert.False(seen.Defects.IsKnown);
        Assert.NotEmpty(seen.LeftOut);
        Assert.False((await UsesAsync()).Algorithms.IsKnown);
    }

    [Fact]
    public async Task Hits_in_test_code_only_leave_it_open()
    {
        Write("src/test/java/ATest.java", "class ATest { Object f() { return MessageDigest.getInstance(\"MD5\"); } }\n");
        var seen = await DefectsAsync();
        Assert.False(seen.WeakHash.IsFound.IsKnown);
        Assert.Equal(CodeConfidence.Low, Assert.Single(seen.Defects.Value).Confidence);
    }

    [Fact]
    public async Task A_tree_without_programs_denies_nothing()
    {
        Write("README.md", "MD5\n");
        Assert.False((await DefectsAsync()).WeakHash.IsFound.IsKnown);
    }

    [Fact]
    public async Task The_inventory_counts_by_what_algorithms_count_as()
    {
        Write("a.go", "package a\nimport \"crypto/rand\"\nfunc f() {\n\tb, err := sm4.NewCipher(key)\n\tc, err := aes.NewCipher(key)\n\td := md5.Sum(x)\n\te := sm3.Sm3Sum(x)\n\trand.Read(x)\n}\n");
        Write("A.java", "class A { Object f(String a) { return Cipher.getInstance(a); } }\n");
        var seen = await UsesAsync();
        Assert.Equal((2, 1, 1, 1), (seen.SmUses.Value, seen.ForeignUses.Value, seen.WeakUses.Value, seen.OpenUses.Value));
        Assert.Equal(["AES", "MD5", "SM3", "SM4", "平台随机数发生器", "未写明"], seen.Algorithms.Value.Select(a => a.Algorithm).Order(StringComparer.Ordinal));
        Assert.Contains(seen.Uses.Value, u => u is { Algorithm: "SM4", File: "a.go", Line: 4, Api: "Go" });
    }

    [Fact]
    public async Task Without_rules_nothing_is_said()
    {
        var tree = new SourceTree { Id = "src", Path = _root };
        var outcome = await new CryptoDefectsProbe().ObserveAsync(tree, ProbeContexts.For(new KeptEvidence(), [tree]), CancellationToken.None);
        Assert.Equal(FailureKind.BadInput, Assert.IsType<Unable>(outcome).Kind);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private async Task<CryptoDefects> DefectsAsync() => CryptoDefectsProbe.Describe(await CoverageAsync());

    private async Task<CryptoInCode> UsesAsync() => CryptoUseProbe.Describe(await CoverageAsync(), new AlgorithmNames(ShippedPatterns.Tables));

    private Task<PatternCoverage> CoverageAsync()
    {
        var tree = new SourceTree { Id = "src", Path = _root };
        var plain = ProbeContexts.For(new KeptEvidence(), [tree]);
        return PatternCoverage.OfAsync(
            tree,
            new ProbeContext
            {
                Dialer = plain.Dialer,
                Tools = plain.Tools,
                Shells = plain.Shells,
                Evidence = plain.Evidence,
                Redactor = plain.Redactor,
                Clock = plain.Clock,
                Log = plain.Log,
                Shared = plain.Shared,
                Patterns = ShippedPatterns.Tables,
            },
            CancellationToken.None);
    }
}
