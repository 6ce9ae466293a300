using System.Numerics;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Semantic versions (semver.org 2.0) as npm and Go use them, and NuGet's with a fourth number; a leading v is passed over.</summary>
internal sealed partial class SemanticVersion
{
    private readonly BigInteger[] _numbers;
    private readonly string[] _pre;

    private SemanticVersion(BigInteger[] numbers, string[] pre) => (_numbers, _pre) = (numbers, pre);

    /// <summary>How many numbers were written.</summary>
    public int Parts => _numbers.Length;

    public static SemanticVersion Of(params ReadOnlySpan<int> numbers) => new([.. numbers.ToArray().Select(n => (BigInteger)n)], []);

    public static bool TryParse(string text, out SemanticVersion version)
    {
        version = Of(0);
        var match = text.Length <= 200 ? Form().Match(text) : Match.Empty;
        if (!match.Success)
        {
            return false;
        }

        version = new SemanticVersion([.. match.Groups["numbers"].Value.Split('.').Select(BigInteger.Parse)], match.Groups["pre"].Value is { Length: > 0 } pre ? pre.Split('.') : []);
        return true;
    }

    /// <summary>Negative, zero or positive as it comes before, with or behind the other one.</summary>
    public int Against(SemanticVersion other)
    {
        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var order = _numbers.ElementAtOrDefault(i).CompareTo(other._numbers.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return (_pre.Length, other._pre.Length) switch
        {
            (0, 0) => 0,
            (0, _) => 1,
            (_, 0) => -1,
            _ => ComparePre(_pre, other._pre),
        };
    }

    private static int ComparePre(string[] one, string[] two)
    {
        for (var i = 0; i < Math.Min(one.Length, two.Length); i++)
        {
            var (a, b) = (one[i].All(char.IsAsciiDigit), two[i].All(char.IsAsciiDigit));
            var order = (a, b) switch
            {
                (true, true) => BigInteger.Parse("0" + one[i]).CompareTo(BigInteger.Parse("0" + two[i])),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(one[i].ToLowerInvariant(), two[i].ToLowerInvariant()),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return one.Length.CompareTo(two.Length);
    }

    [GeneratedRegex(@"^[vV=]?(?<numbers>\d{1,60}(?:\.\d{1,60}){0,3})(?:-(?<pre>[0-9A-Za-z.\-]{1,100}))?(?:\+[0-9A-Za-z.\-]{0,100})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
