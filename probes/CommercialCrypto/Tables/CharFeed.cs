namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Characters of a text one after the other, with the place for messages.</summary>
internal sealed class CharFeed(TextReader text, string file) : IDisposable
{
    private const int Size = 1 << 16;

    private readonly char[] _buffer = new char[Size];
    private int _at;
    private int _end;

    public string File { get; } = file;

    /// <summary>From 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Characters taken so far.</summary>
    public long Offset { get; private set; }

    /// <summary>For messages.</summary>
    public string Place => $"第 {Line} 行（第 {Offset} 个字符）";

    /// <summary>The next character without taking it; -1 at the end.</summary>
    public int Peek() => _at < _end || Fill() ? _buffer[_at] : -1;

    public int Take()
    {
        if (_at >= _end && !Fill())
        {
            return -1;
        }

        var taken = _buffer[_at++];
        Offset++;
        if (taken == '\n')
        {
            Line++;
        }

        return taken;
    }

    /// <summary>What lies in the buffer: only before anything is taken.</summary>
    public ReadOnlySpan<char> Ahead() => _at < _end || Fill() ? _buffer.AsSpan(_at, _end - _at) : [];

    public void SkipBlanks()
    {
        while (Peek() is var c && c >= 0 && (char.IsWhiteSpace((char)c) || c == '\uFEFF'))
        {
            Take();
        }
    }

    public Exception Fault(string found, string expected) => TableFault.Of(File, $"{Place}{found}", expected);

    public void Dispose() => text.Dispose();

    private bool Fill()
    {
        _at = 0;
        _end = text.ReadBlock(_buffer);
        return _end > 0;
    }
}
