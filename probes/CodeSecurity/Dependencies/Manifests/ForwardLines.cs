namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Finds the lines of words asked for in the order of the text.</summary>
internal sealed class ForwardLines(string text)
{
    private int _at;
    private int _line = 1;

    /// <summary>Line of the next occurrence; where there is none, of the last one.</summary>
    public int Of(string word)
    {
        var found = text.IndexOf(word, _at, StringComparison.Ordinal);
        if (found >= 0)
        {
            _line += text.AsSpan(_at, found - _at).Count('\n');
            _at = found;
        }

        return _line;
    }

    public static int At(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;
}
