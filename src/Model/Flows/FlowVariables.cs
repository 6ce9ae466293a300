using System.Text;

namespace SmartCity.SecurityCheck.Model;

/// <summary><c>${X}</c> and <c>$X</c> in flow files; <c>$$</c> is a dollar sign.</summary>
public static class FlowVariables
{
    public static IEnumerable<string> Names(string text) => Parts(text).Where(p => p.IsName).Select(p => p.Text);

    /// <summary>Nothing but one variable.</summary>
    public static bool IsOne(string text) => Parts(text).ToList() is [{ IsName: true }];

    /// <param name="text">With variables.</param>
    /// <param name="value">Null leaves the variable as it is written.</param>
    public static string Fill(string text, Func<string, string?> value)
    {
        var filled = new StringBuilder();
        foreach (var (part, isName) in Parts(text))
        {
            filled.Append(isName ? value(part) ?? $"${{{part}}}" : part);
        }

        return filled.ToString();
    }

    private static IEnumerable<(string Text, bool IsName)> Parts(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            var braced = text[i + 1] == '{';
            var from = braced ? i + 2 : i + 1;
            var end = from;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (text[i + 1] == '$' || end == from || (braced && (end == text.Length || text[end] != '}')))
            {
                plain.Append('$');
                i += text[i + 1] == '$' ? 1 : 0;
                continue;
            }

            if (plain.Length > 0)
            {
                yield return (plain.ToString(), false);
                plain.Clear();
            }

            yield return (text[from..end], true);
            i = braced ? end : end - 1;
        }

        if (plain.Length > 0)
        {
            yield return (plain.ToString(), false);
        }
    }
}
