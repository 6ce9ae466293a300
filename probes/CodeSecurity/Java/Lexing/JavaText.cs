using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A text whose Unicode escapes were read (JLS §3.3), and the way back to the places of the text as it was written.</summary>
internal sealed class JavaText
{
    /// <summary>Indexes in <see cref="Code"/> behind an escape, ascending, and how many characters the written text has more up to there.</summary>
    private readonly List<(int At, int More)> _shifts = [];

    private JavaText(string code) => Code = code;

    /// <summary>With the characters in place of the escapes.</summary>
    public string Code { get; private set; }

    public static JavaText Read(string written)
    {
        var text = new JavaText(written);
        if (written.Contains("\\u", StringComparison.Ordinal))
        {
            text.Translate(written);
        }

        return text;
    }

    /// <param name="at">Index in <see cref="Code"/>.</param>
    /// <returns>Index in the text as it was written.</returns>
    public int Written(int at)
    {
        if (_shifts.Count == 0)
        {
            return at;
        }

        var (low, high) = (0, _shifts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _shifts[middle].At <= at ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? at : at + _shifts[low - 1].More;
    }

    private void Translate(string written)
    {
        var made = new StringBuilder(written.Length);
        var at = 0;
        while (written.IndexOf('\\', at) is >= 0 and var slash)
        {
            made.Append(written, at, slash - at);
            if (slash + 1 < written.Length && written[slash + 1] == 'u' && UnicodeEscapes.Read(written.AsSpan(slash), out var length) is { } sign)
            {
                made.Append(sign);
                at = slash + length;
                _shifts.Add((made.Length, at - made.Length));
                at = AfterEscapedBackslash(written, at, sign, made);
            }
            else
            {
                // A pair of backslashes is an escape of the next stage; the second begins none of this one.
                var taken = Math.Min(slash + 1 < written.Length && written[slash + 1] == '\\' ? 2 : 1, written.Length - slash);
                made.Append(written, slash, taken);
                at = slash + taken;
            }
        }

        Code = made.Append(written, at, written.Length - at).ToString();
    }

    /// <summary>A backslash that was written as an escape begins no escape, whatever follows; what it escapes goes along.</summary>
    private static int AfterEscapedBackslash(string written, int at, char sign, StringBuilder made)
    {
        if (sign != '\\' || at >= written.Length || written[at] != '\\' || (at + 1 < written.Length && written[at + 1] == 'u'))
        {
            return at;
        }

        made.Append('\\');
        return at + 1;
    }
}
