using System.Diagnostics;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Whichever engine answers, the answer is one.</summary>
public sealed class BoundedExpressionTests
{
    private const int Rounds = 60;

    /// <summary>What the expressions speak of and what stands between it in files.</summary>
    private static readonly string[] Pieces =
    [
        "password", "PassWord", "pwd", "secret", "Key", "token", "accessKey", "=", ": ", " := ", "\"", "'", "`", "\n", "\r\n", "\t", " ", "${", "}", "<", ">", "://", "@", "-----BEGIN RSA PRIVATE KEY-----", "MIIEvQ",
        "jdbc:mysql", "LTAI5tGx7QmZr2VbK9wPn4Yd", "AKID", "0123456789abcdef0123456789abcdef", "kPH+bIxk5D2deZiIxcaaaA==", "admin123", "Qm7Zr2VbK9wPn4YdGx7T1sLc3HfEj5uWq8AiRoXg", "huawei", "sk", "密码", "，", "ſ", "K", "İ",
        "MD5", "sha-1", "AES/ECB/PKCS5Padding", "RSA", "1024", "TLSv1.0", "DES", "ssl_protocols", ";", ",", "(", ")", "[", "]", "#", "//", "identified by", "values", "insert into", "\\n", "\0", "\uD800",
    ];

    [Fact]
    public void Both_engines_find_the_same()
    {
        var secrets = Tables.Secrets.SelectMany(t => t.Patterns).ToList();
        List<string> texts = [.. secrets.SelectMany(p => p.Bad.Concat(p.Good)).Select(f => f.Sewn).Distinct(StringComparer.Ordinal), .. Made()];
        var wheres = ShippedPatterns.Tables.SelectMany(t => t.Rules).SelectMany(r => r.Where.SelectMany(w => new[] { w.Matches, w.NotMatches, w.Code, w.NotCode }).Concat(r.Lines.Select(l => l.Matches))).OfType<string>();
        foreach (var (expression, options) in secrets.Select(p => (p.Expression, RegexOptions.ExplicitCapture)).Concat(wheres.Select(w => (w, RegexOptions.None))).Distinct())
        {
            var quick = new Regex(expression, options | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
            var sure = new BoundedExpression(expression, options);
            sure.MakeSure();
            foreach (var text in texts)
            {
                Assert.Equal(quick.Matches(text).Select(Said), All(sure, text).Select(Said));
            }
        }
    }

    [Fact]
    public void What_goes_back_without_end_is_answered_all_the_same()
    {
        var expression = new BoundedExpression("^(?:a|aa|aaa|b?a)+$");
        var hostile = new string('a', 4000) + "!";
        var watch = Stopwatch.StartNew();

        Assert.False(expression.IsMatch(hostile));
        Assert.True(expression.IsSure);
        Assert.True(expression.IsMatch("aaaba"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    /// <summary>Each question is answered before its own bound, all of them together are not.</summary>
    [Fact]
    public void What_is_a_little_slow_each_time_is_found_out()
    {
        var expression = new BoundedExpression("^(?:a|aa|aaa|b?a)+$");
        var slow = new string('a', 12) + "!";
        for (var i = 0; i < 5000 && !expression.IsSure; i++)
        {
            Assert.False(expression.IsMatch(slow));
        }

        Assert.True(expression.IsSure);
    }

    [Fact]
    public void Behind_the_end_is_nothing() => Assert.False(new BoundedExpression("x*").Match("x", 2).Success);

    private static IEnumerable<string> Made()
    {
        var random = new SeededBytes(0xB0C4DE);
        for (var round = 0; round < Rounds; round++)
        {
            yield return string.Concat(Enumerable.Range(0, 1 + random.Below(60)).Select(_ => Pieces[random.Below(Pieces.Length)]));
        }
    }

    private static IEnumerable<Match> All(BoundedExpression expression, string text)
    {
        for (var match = expression.Match(text); match.Success; match = expression.Match(text, match.Index + Math.Max(1, match.Length)))
        {
            yield return match;
        }
    }

    private static string Said(Match match) => $"{match.Index}+{match.Length} {match.Groups["value"].Index}+{match.Groups["value"].Length}";
}
