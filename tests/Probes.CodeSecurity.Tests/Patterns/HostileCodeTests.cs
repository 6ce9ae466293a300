using System.Diagnostics;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Whatever stands in a file, the rules come to an end.</summary>
public sealed class HostileCodeTests
{
    private static readonly SourceLanguage[] Languages = Enum.GetValues<SourceLanguage>();

    /// <summary>Pieces of the examples, cut and put together anew: the same for the same seed.</summary>
    [Fact]
    public void Cut_and_mixed_examples_never_fail_and_every_line_is_of_the_file()
    {
        var examiner = ShippedPatterns.Examiner;
        string[] codes = [.. ShippedPatterns.Tables.SelectMany(t => t.Rules).SelectMany(r => r.Bad.Concat(r.Good)).Select(f => f.Code)];
        string[] noise = ["(", ")", "{", "}", "[", "\"", "'", "`", "/*", "*/", "//", "\n", "$", ",", ";", "=", ".", "new ", "\0", "\uD800", "0x", "${", "名"];
        var state = 20260101u;
        uint Next() => state = unchecked((state * 1664525u) + 1013904223u);
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder();
            for (var i = Next() % 8; i <= 8; i++)
            {
                var code = codes[Next() % codes.Length];
                var from = (int)(Next() % code.Length);
                text.Append(code, from, (int)(Next() % (uint)(code.Length - from + 1))).Append(noise[Next() % noise.Length]);
            }

            var file = new SourceFile("a", Languages[Next() % Languages.Length], text.ToString(), "utf-8", text.ToString().AsSpan().Count('\n') + 1);
            var found = examiner.Examine(Tokenizer.Tokenize(file));
            Assert.All(found.Defects, d => Assert.InRange(d.Line, 1, file.Lines));
            Assert.All(found.Defects, d => Assert.InRange(d.Code.Length, 0, 200));
        }
    }

    [Theory]
    [InlineData("Cipher.getInstance(", "")]
    [InlineData("Cipher.getInstance((((", "")]
    [InlineData("sm4.encrypt(a, b, { iv: ", "")]
    [InlineData("A = B; B = A; Cipher.getInstance(A);", "")]
    [InlineData("a = a + a; MessageDigest.getInstance(a);", "")]
    [InlineData("{", "Cipher.getInstance(x);")]
    [InlineData("f(", "Cipher.getInstance(x);")]
    [InlineData("new IvParameterSpec(iv); iv = \"x\";", "")]
    [InlineData("rsa.generate_private_key(", "")]
    [InlineData("byte[] k() { return k(); } new SecretKeySpec(k(), a); ", "")]
    [InlineData("k: () => k(), x = createCipheriv(a, k(), i);", "")]
    [InlineData("def f(a):\n new = hashlib.new(a)\n", "")]
    public void Repeated_code_takes_time_in_proportion(string piece, string end)
    {
        var examiner = ShippedPatterns.Examiner;
        TimeSpan Time(SourceLanguage language, int times)
        {
            var file = new SourceFile("a", language, string.Concat(Enumerable.Repeat(piece, times)) + end, "utf-8", 1);
            var tokens = Tokenizer.Tokenize(file);
            var watch = Stopwatch.StartNew();
            Assert.All(examiner.Examine(tokens).Defects, d => Assert.Equal(CodeConfidence.Low, d.Confidence));
            return watch.Elapsed;
        }

        foreach (var language in new[] { SourceLanguage.Java, SourceLanguage.JavaScript, SourceLanguage.Python, SourceLanguage.C })
        {
            Time(language, 200);
            var (small, large) = (Time(language, 4_000), Time(language, 32_000));
            Assert.True(large < TimeSpan.FromSeconds(4) || large < 24 * small, $"{language}: {small} → {large}");
        }
    }

    [Theory]
    [InlineData(SourceLanguage.JavaScript, "md5(", false)]
    [InlineData(SourceLanguage.Php, "md5(", false)]
    [InlineData(SourceLanguage.Java, "Cipher.getInstance(", false)]
    [InlineData(SourceLanguage.Python, "hashlib.md5(", false)]
    [InlineData(SourceLanguage.Php, "$f($f)(", false)]
    [InlineData(SourceLanguage.JavaScript, "mode: ", true)]
    [InlineData(SourceLanguage.JavaScript, "md5 (a ", false)]
    public void Brackets_that_are_never_closed_end_in_seconds(SourceLanguage language, string piece, bool isGivenUp)
    {
        var watch = Stopwatch.StartNew();
        SourceFindings Found() => ShippedPatterns.Examine(language, string.Concat(Enumerable.Repeat(piece, 200_000)));
        if (isGivenUp)
        {
            Assert.Throws<InvalidDataException>(Found);
        }
        else
        {
            Assert.Empty(Found().Defects);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void An_argument_of_any_length_is_seen_or_the_file_given_up()
    {
        SourceFindings Found(int times) => ShippedPatterns.Examine(SourceLanguage.Python, $"h = hashlib.md5(a{string.Concat(Enumerable.Repeat("+[a]", times))})");
        Assert.Single(Found(1000).Defects);
        Assert.Throws<InvalidDataException>(() => Found(50_000));
    }
}
