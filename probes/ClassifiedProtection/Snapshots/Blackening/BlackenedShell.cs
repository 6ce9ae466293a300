using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Profiles of login shells: reserved words, TMOUT and umask stay, so that what stands in a branch or a text still shows as such.</summary>
internal sealed class BlackenedShell
{
    private const string Here = """^<<-?[ \t]*["'\\]?[A-Za-z0-9_]+["']?""";
    private static readonly string[] Plain =
    [
        """^["']?(TMOUT|umask|autologout)["']?$""", """^TMOUT=["']?(\$\{?TMOUT(:-[0-9]*)?\}?|[0-9]*)["']?$""", "^autologout=[0-9]+$",
        @"^(0?[0-7][0-7][0-7]|[ugoa]*=[rwx]*(,[ugoa]*=[rwx]*)*|-[aAfFgiIlnrStux]+|true|false|:|[0-9]|\[|\[\[|\]|\]\]|-eq|-ne|-gt|-ge|-lt|-le|=|==|!=)$",
    ];

    private string _here = "";
    private string _pending = "";
    private char _open;

    public string Line(string line, bool isContinued)
    {
        if (_here.Length > 0)
        {
            if (Kept.Trim(line) == _here)
            {
                _here = "";
                return "EOF";
            }

            return line.Length == 0 ? line : Kept.Mark;
        }

        var lead = Kept.Indent(line);
        var rest = line[lead.Length..];
        if (_open == '\0' && rest.StartsWith('#'))
        {
            return lead + "#";
        }

        var output = new StringBuilder(lead);
        while (rest.Length > 0)
        {
            rest = Next(rest, output);
        }

        (_here, _pending) = (_pending, "");
        return output.ToString();
    }

    private string Next(string rest, StringBuilder output)
    {
        if (_open != '\0')
        {
            var end = rest.IndexOf(_open, StringComparison.Ordinal);
            _open = end < 0 ? _open : '\0';
            return end < 0 ? "" : rest[(end + 1)..];
        }

        if (rest[0] == '#')
        {
            output.Append('#');
            return "";
        }

        if (rest.StartsWith(Kept.Mark, StringComparison.Ordinal))
        {
            Show(Kept.Mark, output);
            return rest[Kept.Mark.Length..];
        }

        if (Kept.Find(rest, Here) is { Success: true } here && !rest.StartsWith("<<<", StringComparison.Ordinal))
        {
            _pending = new string([.. here.Value.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
            output.Append("<<EOF");
            return rest[here.Length..];
        }

        if (" \t;&|(){}<>!".Contains(rest[0], StringComparison.Ordinal) || rest == "\\")
        {
            output.Append(rest[0]);
            return rest[1..];
        }

        var word = Word(ref rest);
        Show(word, output);
        return rest;
    }

    private string Word(ref string rest)
    {
        var word = new StringBuilder();
        while (rest.Length > 0 && !" \t;&|()<>".Contains(rest[0], StringComparison.Ordinal))
        {
            var length = 1;
            if (rest[0] == '\\')
            {
                length = Math.Min(2, rest.Length);
            }
            else if (rest[0] is '"' or '\'')
            {
                var end = rest.IndexOf(rest[0], 1);
                if (end < 0)
                {
                    _open = rest[0];
                    word.Append(rest[0]);
                    rest = "";
                    break;
                }

                length = end + 1;
            }

            word.Append(rest.AsSpan(0, length));
            rest = rest[length..];
        }

        return word.ToString();
    }

    private static void Show(string word, StringBuilder output)
    {
        if (Kept.Has("shell", word) || Array.Exists(Plain, p => Kept.Is(word, p)))
        {
            output.Append(word);
        }
        else if (word.StartsWith("TMOUT=", StringComparison.Ordinal) || Kept.Is(word, "^[A-Za-z_][A-Za-z0-9_]*="))
        {
            output.Append(word.AsSpan(0, word.IndexOf('=', StringComparison.Ordinal) + 1)).Append(Kept.Mark);
        }
        else if (output.ToString().TrimEnd(' ', '\t') is var shown && shown.EndsWith(Kept.Mark, StringComparison.Ordinal))
        {
            output.Length = shown.Length;
        }
        else
        {
            output.Append(Kept.Mark);
        }
    }
}
