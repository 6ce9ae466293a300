using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Java 8 to 21 into syntax, by recursive descent. Never fails: a statement or member that is not understood becomes a gap, and reading goes on behind
/// it. Time is linear in the length of the text; nesting is bounded. One thread at a time; words are shared by all texts of one parser.
/// </summary>
/// <param name="limits">How much is read.</param>
internal sealed partial class JavaParser(JavaLimits limits)
{
    private readonly JavaWords _words = new();
    private readonly List<JavaGap> _gaps = [];
    private readonly List<string> _within = [];
    private JavaText _text = JavaText.Read(string.Empty);
    private JavaToken[] _tokens = [];

    /// <summary>Index of the last token, which is the end of the file.</summary>
    private int _end;
    private int _at;
    private int _depth;

    /// <summary>Set from the place where something was not understood up to the statement or member that takes note; the parser stands at the end of the file meanwhile, where every loop ends.</summary>
    private bool _failed;
    private int _stop;
    private JavaGapReason _reason;

    /// <summary>Name of the member whose head is being read.</summary>
    private string? _member;
    private bool _endTold;

    public JavaParser()
        : this(JavaLimits.Default)
    {
    }

    public JavaUnit Parse(string written)
    {
        Reset();
        if (written.Length > limits.Characters)
        {
            var whole = new JavaSpan(0, written.Length);
            return new JavaUnit(whole, string.Empty, [], [], [], null, [new JavaGap(whole, JavaGapReason.TooLong, 0, string.Empty)]);
        }

        _text = JavaText.Read(written);
        using var tokens = JavaLexer.Tokenize(_text.Code, _words, limits.Tokens);
        (_tokens, _end) = (tokens.Items, tokens.Count - 1);
        var unit = Unit(written.Length);
        foreach (var (start, end, reason) in tokens.Doubts.Take(limits.Gaps))
        {
            _gaps.Add(new JavaGap(Written(start, end), reason, _text.Written(start), MemberAt(unit, Written(start, end))));
        }

        return unit with { Gaps = [.. _gaps.OrderBy(g => g.Span.Start)], Tokens = tokens.Count - 1 };
    }

    private void Reset()
    {
        _gaps.Clear();
        _within.Clear();
        (_at, _depth, _peak, _failed, _member, _endTold, _constantsOnly) = (0, 0, 0, false, null, false, false);
    }

    private JavaTokenKind Kind => _tokens[_at].Kind;

    private JavaTokenKind KindAt(int token) => _tokens[Math.Min(token, _end)].Kind;

    private bool IsWord(int token, string word) => _tokens[Math.Min(token, _end)] is { Kind: JavaTokenKind.Identifier, Text: { } text } && text == word;

    private bool Accept(JavaTokenKind kind)
    {
        if (_tokens[_at].Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Expect(JavaTokenKind kind) => Accept(kind) || Fail(JavaGapReason.Unexpected);

    /// <returns>Empty where none is there; that is a failure then.</returns>
    private string Identifier()
    {
        if (Kind == JavaTokenKind.Identifier)
        {
            return _tokens[_at++].Text!;
        }

        Fail(JavaGapReason.Unexpected);
        return string.Empty;
    }

    private bool Fail(JavaGapReason reason)
    {
        if (!_failed)
        {
            (_failed, _stop, _reason) = (true, _at, reason);
            _at = _end;
        }

        return false;
    }

    /// <summary>One level deeper; <see cref="Leave"/> follows whatever the answer is.</summary>
    private bool Enter() => (++_depth <= limits.Depth && RuntimeHelpers.TryEnsureSufficientExecutionStack()) || Fail(JavaGapReason.TooDeep);

    private void Leave() => _depth--;

    /// <summary>From a token to the last one that was read.</summary>
    private JavaSpan Span(int first)
    {
        var last = (_failed ? _stop : _at) - 1;
        var start = _tokens[first].Start;
        return Written(start, last < first ? start : _tokens[last].End);
    }

    private JavaSpan Written(int start, int end) => new(_text.Written(start), _text.Written(end));

    private JavaSpan SpanOf(int token) => Written(_tokens[token].Start, _tokens[token].End);

    private JavaMissing Missing()
    {
        var at = _text.Written(_tokens[_failed ? _stop : _at].Start);
        return new JavaMissing(new JavaSpan(at, at));
    }
}
