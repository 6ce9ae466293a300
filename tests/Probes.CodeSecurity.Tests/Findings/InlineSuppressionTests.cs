using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Suppressions in comments: where they count, and where they do not.</summary>
public sealed class InlineSuppressionTests
{
    private const string Whole = "securitycheck:ignore GM-03-jca reason=\"只作缓存键\" reviewer=评审组 until=2026-12-31";
    private const string Line = "Object a() { return MessageDigest.getInstance(\"MD5\"); }";

    private static readonly DateOnly Today = new(2026, 6, 30);

    [Theory]
    [InlineData("X // " + Whole, 1)]
    [InlineData("/* " + Whole + " */ X", 1)]
    [InlineData("// " + Whole + "\nX\nX", 1)]
    [InlineData("/*\n * " + Whole + "\n */\nX\nX", 1)]
    [InlineData("// " + Whole + "\n// securitycheck:ignore GM-99-x reason=a reviewer=b until=2026-12-31\nX", 1)]
    [InlineData("// " + Whole + "\n\nX", 0)]
    [InlineData("// " + Whole + "\n// other\nX", 0)]
    [InlineData("X\n// " + Whole, 0)]
    [InlineData("int b = 0; // " + Whole + "\nX", 0)]
    [InlineData("String s = \"// " + Whole + "\"; X", 0)]
    [InlineData("String s = \"\"\"\n  // securitycheck:ignore GM-03-jca reason=a reviewer=b until=2026-12-31\n  \"\"\"; X", 0)]
    [InlineData("// securitycheck:ignoreGM-03-jca reason=a reviewer=b until=2026-12-31\nX", 0)]
    [InlineData("// securitycheck:ignore GM-04-jca reason=a reviewer=b until=2026-12-31\nX", 0)]
    [InlineData("// securitycheck:ignore * reason=a reviewer=b until=2026-12-31\nX", 0)]
    [InlineData("// securitycheck:ignore GM-03 reason=a reviewer=b until=2026-12-31\nX", 0)]
    [InlineData("// securitycheck:ignore GM-09-x，gm-03-JCA 理由=“只作缓存键” 复核=某某 到期=2026-12-31\nX", 1)]
    [InlineData("// securitycheck:ignore CWE-328 reason='a b' reviewer=b until=2026-12-31\nX", 1)]
    public void A_comment_speaks_of_its_own_line_or_of_the_one_below(string code, int suppressed)
    {
        var found = Look(code.Replace("X", "  " + Line, StringComparison.Ordinal));
        Assert.Equal(suppressed, found.Count(d => d.IsSuppressed));
        Assert.NotEmpty(found);
    }

    [Theory]
    [InlineData("reviewer=b until=2026-12-31", SuppressionStanding.WithoutReason)]
    [InlineData("reason= reviewer=b until=2026-12-31", SuppressionStanding.WithoutReason)]
    [InlineData("reason=\" \" reviewer=b until=2026-12-31", SuppressionStanding.WithoutReason)]
    [InlineData("reason=a until=2026-12-31", SuppressionStanding.WithoutReviewer)]
    [InlineData("reason=a reviewer=b", SuppressionStanding.WithoutDay)]
    [InlineData("reason=a reviewer=b until=2026/12/31", SuppressionStanding.WithoutDay)]
    [InlineData("reason=a reviewer=b until=2026-02-30", SuppressionStanding.WithoutDay)]
    [InlineData("reason=a reviewer=b until=2026-06-29", SuppressionStanding.Expired)]
    [InlineData("reason=a reviewer=b until=2026-06-30", SuppressionStanding.InEffect)]
    public void Without_reason_reviewer_and_a_day_to_come_the_defect_stays_and_why_is_said(string said, SuppressionStanding standing)
    {
        var defect = Assert.Single(Look($"{Line} // securitycheck:ignore GM-03-jca {said}"), d => d.RuleId == "GM-03-jca");
        Assert.Equal(standing, defect.Suppression!.Standing);
        Assert.Equal(standing == SuppressionStanding.InEffect, defect.IsSuppressed);
    }

    [Fact]
    public void What_is_written_is_kept_and_a_secret_in_it_is_not()
    {
        var said = Look($"{Line} // {Whole}").Single(d => d.IsSuppressed).Suppression!;
        Assert.Equal((SuppressionKind.InSource, "A.java:1", "只作缓存键", "评审组", new DateOnly(2026, 12, 31)), (said.Kind, said.Place, said.Reason, said.Reviewer, said.Until));
        Assert.DoesNotContain("Gov@2024x9", Look($"{Line} // securitycheck:ignore GM-03-jca reason=\"password: Gov@2024x9\" reviewer=b until=2026-12-31").Single(d => d.Suppression is not null).Suppression!.Reason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('\r', 3)]
    [InlineData(' ', 60)]
    public void One_line_that_is_the_whole_program_cannot_be_hidden(char between, int times)
    {
        var code = string.Join(between, Enumerable.Repeat(Line, times)) + $" // {Whole}";
        Assert.DoesNotContain(Look(code), d => d.IsSuppressed);
        Assert.DoesNotContain(Look($"// {Whole}\n{code}"), d => d.IsSuppressed);
    }

    [Theory]
    [InlineData("a.py", SourceLanguage.Python, "x = hashlib.md5(y) # securitycheck:ignore CWE-328 reason=a reviewer=b until=2026-12-31", 1)]
    [InlineData("a.py", SourceLanguage.Python, "\"\"\" securitycheck:ignore CWE-328 reason=a reviewer=b until=2026-12-31 \"\"\"\nx = hashlib.md5(y)", 0)]
    [InlineData("a.go", SourceLanguage.Go, "package a\nfunc f() {\n\t// securitycheck:ignore CWE-328 reason=a reviewer=b until=2026-12-31\n\td := md5.Sum(x)\n}", 1)]
    [InlineData("a.js", SourceLanguage.JavaScript, "const r = `// securitycheck:ignore CWE-328 reason=a reviewer=b until=2026-12-31\n`; createHash('md5')", 0)]
    public void Other_languages_have_their_own_comments(string path, SourceLanguage language, string code, int suppressed) =>
        Assert.Equal(suppressed, Look(code, path, language).Count(d => d.IsSuppressed));

    [Fact]
    public void No_mutant_hides_what_its_comments_do_not_name()
    {
        var seed = new SeededBytes(77);
        var sample = System.Text.Encoding.UTF8.GetBytes($"class A {{\n{Line}\n// {Whole}\n{Line}\n Object c() {{ return Cipher.getInstance(\"DES/ECB/PKCS5Padding\"); }}\n}}\n");
        for (var i = 0; i < 2000; i++)
        {
            var text = System.Text.Encoding.UTF8.GetString(seed.Mutate(sample));
            Assert.InRange(Look(text).Where(d => d.IsSuppressed).Select(d => d.Line).Distinct().Count(), 0, 1);
        }
    }

    private static IReadOnlyList<CodeDefect> Look(string code, string path = "A.java", SourceLanguage language = SourceLanguage.Java)
    {
        var source = Tokenizer.Tokenize(new SourceFile(path, language, code, "utf-8", code.AsSpan().Count('\n') + 1));
        return new DefectStates(InlineSuppressions.In(source), null, Today).Of(ShippedPatterns.Examiner.Examine(source).Defects);
    }
}
