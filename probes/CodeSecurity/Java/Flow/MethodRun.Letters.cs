using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Letters that are compared with the first and the last one they may be, and pieces of texts that hold nothing but words.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Words with signs between them that do no harm.</summary>
    [GeneratedRegex(@"^[.*]*[A-Za-z0-9_-]+(?:[,;|: ]*\.?[A-Za-z0-9_-]+)*[,;|: ]*$", RegexOptions.NonBacktracking)]
    private static partial Regex WordList();

    /// <summary>Endings of files a server may run.</summary>
    [GeneratedRegex("jsp|php|asp|cgi|htm|svg|xml|swf|jar|war|class|exe|dll|bat|cmd|sh(?![a-z])|js(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Running();

    /// <summary>A text that stands in another one, which nobody outside chose, is one of its pieces.</summary>
    private void AssumeWithin(JavaExpression whole, JavaExpression piece)
    {
        if (!IsValue(whole) || Quietly(whole) is not { Type: "java.lang.String" } list || !Array.TrueForAll(Deep(list), m => m.Origin is InputOrigin { Index: 0 }))
        {
            return;
        }

        if (list.Constant is not string words)
        {
            CleanPlace(piece, ApiIndex.Affirmed);
        }
        else if (WordList().IsMatch(words) && !Running().IsMatch(words))
        {
            CleanPlace(piece, ulong.MaxValue);
        }
    }

    private static readonly (long First, long Last)[] Alphabets = [('0', '9'), ('A', 'Z'), ('a', 'z')];

    /// <summary>A digit or a letter that is known to be one is no danger, and neither is a text of such alone.</summary>
    private void AssumeLetters(List<JavaExpression> parts, bool truth)
    {
        foreach (var low in parts.Select(p => Bound(p, truth)).Where(b => b is { IsLow: true }).Select(b => b!.Value))
        {
            foreach (var high in parts.Select(p => Bound(p, truth)).Where(b => b is { IsLow: false }).Select(b => b!.Value))
            {
                if (IsSameLetter(low.Letter, high.Letter) && Array.Exists(Alphabets, h => low.Limit >= h.First && high.Limit <= h.Last))
                {
                    CleanPlace(low.Letter, ulong.MaxValue);
                }
            }
        }
    }

    /// <summary>What a comparison says of a letter: at least that, or at most.</summary>
    private static (JavaExpression Letter, bool IsLow, long Limit)? Bound(JavaExpression part, bool truth)
    {
        if (part is not JavaBinary { First: var one, Steps: [{ Operator: var compared, Operand: var other }] } || compared is not (JavaOperator.Less or JavaOperator.LessEqual or JavaOperator.Greater or JavaOperator.GreaterEqual))
        {
            return null;
        }

        var (letter, limit, isTurned) = LetterOf(other) is { } behind ? (one, behind, false) : (other, LetterOf(one), true);
        if (limit is null)
        {
            return null;
        }

        // Turned around, and once more where it does not hold.
        var isLow = compared is JavaOperator.Greater or JavaOperator.GreaterEqual;
        var isStrict = compared is JavaOperator.Greater or JavaOperator.Less;
        isLow ^= isTurned ^ !truth;
        isStrict ^= !truth;
        return (letter, isLow, limit.Value + (isStrict ? isLow ? 1 : -1 : 0));
    }

    private static long? LetterOf(JavaExpression expression) => ConstantOf(expression) switch { char sign => sign, long number => number, _ => null };

    private static bool IsSameLetter(JavaExpression one, JavaExpression other) => (one, other) switch
    {
        (JavaName a, JavaName b) => a.Name == b.Name,
        (JavaCall { Name: "charAt", Target: JavaName s, Arguments: [JavaName i] }, JavaCall { Name: "charAt", Target: JavaName t, Arguments: [JavaName j] }) => s.Name == t.Name && i.Name == j.Name,
        (JavaIndex { Target: JavaName s, Index: JavaName i }, JavaIndex { Target: JavaName t, Index: JavaName j }) => s.Name == t.Name && i.Name == j.Name,
        _ => false,
    };
}
