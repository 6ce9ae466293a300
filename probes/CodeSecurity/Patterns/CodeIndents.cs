namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Blocks of a language that marks them by indentation; one pass over the file.</summary>
internal sealed class CodeIndents
{
    private readonly int[] _lineOf;
    private readonly List<int> _firsts = [];
    private readonly List<int> _columns = [];
    private readonly int[] _below;
    private readonly int[] _belowOrEqual;
    private readonly int _count;

    public CodeIndents(CodeView code)
    {
        _count = code.Count;
        _lineOf = new int[code.Count];
        var depth = 0;
        for (var i = 0; i < code.Count; i++)
        {
            // A line within brackets continues the one before, wherever it begins.
            if (_firsts.Count == 0 || (depth == 0 && code.Tokens[i].Line > code.Tokens[i - 1].Line))
            {
                _firsts.Add(i);
                _columns.Add(Column(code, i));
            }

            _lineOf[i] = _firsts.Count - 1;
            depth = code.SignAt(i) switch { '(' or '[' or '{' => depth + 1, ')' or ']' or '}' => Math.Max(0, depth - 1), _ => depth };
        }

        _below = Next(static (here, before) => here < before);
        _belowOrEqual = Next(static (here, before) => here <= before);
    }

    public int ColumnOf(int at) => _columns[_lineOf[at]];

    /// <summary>First token of the next line that stands further left than the token's.</summary>
    public int EndOfBlock(int at) => _below[_lineOf[at]];

    /// <summary>First token of the next line that does not stand further right: the end of what the token's line heads.</summary>
    public int EndOfBody(int at) => _belowOrEqual[_lineOf[at]];

    private int[] Next(Func<int, int, bool> ends)
    {
        var next = new int[_firsts.Count];
        var open = new Stack<int>();
        for (var line = 0; line < next.Length; line++)
        {
            while (open.Count > 0 && ends(_columns[line], _columns[open.Peek()]))
            {
                next[open.Pop()] = _firsts[line];
            }

            open.Push(line);
        }

        while (open.Count > 0)
        {
            next[open.Pop()] = _count;
        }

        return next;
    }

    private static int Column(CodeView code, int at)
    {
        var text = code.Source.File.Text.AsSpan(0, code.Tokens[at].Start);
        var blanks = text.Length - 1;
        while (blanks >= 0 && text[blanks] is ' ' or '\t')
        {
            blanks--;
        }

        return text.Length - 1 - blanks;
    }
}
