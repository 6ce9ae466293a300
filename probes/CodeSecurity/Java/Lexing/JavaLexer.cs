using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Java text into tokens, comments and white space left out. Never fails: what is no token is <see cref="JavaTokenKind.Unknown"/>, what is not closed
/// ends with its line or the text and is told. Angles that close are single tokens, so that type arguments close one by one.
/// </summary>
internal sealed partial class JavaLexer
{
    private readonly string _code;
    private readonly JavaWords _words;
    private readonly List<(int Start, int End, JavaGapReason Reason)> _doubts = [];
    private JavaToken[] _tokens;
    private int _count;
    private int _at;

    private JavaLexer(string code, JavaWords words)
    {
        (_code, _words) = (code, words);
        _tokens = ArrayPool<JavaToken>.Shared.Rent((code.Length / 4) + 16);
    }

    /// <param name="code">Unicode escapes already read.</param>
    /// <param name="words">Keeps words of several texts.</param>
    /// <param name="most">Tokens at most; the rest of the text is a doubt then.</param>
    public static JavaTokens Tokenize(string code, JavaWords words, int most)
    {
        var lexer = new JavaLexer(code, words);
        lexer.Run(most);
        return new JavaTokens(lexer._tokens, lexer._count, lexer._doubts);
    }

    private void Run(int most)
    {
        while (SkipBlank())
        {
            if (_count >= most)
            {
                _doubts.Add((_at, _code.Length, JavaGapReason.TooLong));
                break;
            }

            Next();
        }

        Add(JavaTokenKind.EndOfFile, _code.Length, _code.Length, null);
        Brackets.Pair(_tokens.AsSpan(0, _count));
    }

    private void Next()
    {
        var (start, c) = (_at, _code[_at]);
        if (IsWordStart(c))
        {
            Word();
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            Add(Number(), start, _at, null);
        }
        else if (c == '"')
        {
            Add(Quoted(), start, _at, null);
        }
        else if (c == '\'')
        {
            Closed('\'');
            Add(JavaTokenKind.CharLiteral, start, _at, null);
        }
        else
        {
            var (kind, length) = Sign(c);
            _at += length;
            Add(kind, start, _at, null);
        }
    }

    private void Add(JavaTokenKind kind, int start, int end, string? text)
    {
        if (_count == _tokens.Length)
        {
            var larger = ArrayPool<JavaToken>.Shared.Rent(_tokens.Length * 2);
            _tokens.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<JavaToken>.Shared.Return(_tokens);
            _tokens = larger;
        }

        _tokens[_count++] = new JavaToken(kind, start, end, text) { Partner = -1 };
    }

    private char Peek(int ahead) => _at + ahead < _code.Length ? _code[_at + ahead] : '\0';

    /// <returns>False at the end of the text.</returns>
    private bool SkipBlank()
    {
        while (_at < _code.Length)
        {
            var c = _code[_at];
            if (c is ' ' or '\n' or '\r' or '\t' or '\f' or '\u001a' or '\uFEFF' || (c > '\u007f' && char.IsWhiteSpace(c)))
            {
                _at++;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                var end = _code.AsSpan(_at).IndexOfAny('\n', '\r');
                _at = end < 0 ? _code.Length : _at + end;
            }
            else if (c == '/' && Peek(1) == '*')
            {
                SkipComment();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipComment()
    {
        var end = _code.AsSpan(_at + 2).IndexOf("*/");
        if (end < 0)
        {
            _doubts.Add((_at, _code.Length, JavaGapReason.NotClosed));
        }

        _at = end < 0 ? _code.Length : _at + 2 + end + 2;
    }

    private static bool IsWordStart(char c) => c < 128 ? char.IsAsciiLetter(c) || c is '_' or '$' : IsWordPartBeyondAscii(c);

    private static bool IsWordPart(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) || c is '_' or '$' : IsWordPartBeyondAscii(c);

    /// <summary>Letters, marks, currency signs and joiners; halves of characters beyond the first plane count as letters.</summary>
    private static bool IsWordPartBeyondAscii(char c) => char.GetUnicodeCategory(c) is <= System.Globalization.UnicodeCategory.DecimalDigitNumber
        or System.Globalization.UnicodeCategory.LetterNumber or System.Globalization.UnicodeCategory.CurrencySymbol
        or System.Globalization.UnicodeCategory.ConnectorPunctuation or System.Globalization.UnicodeCategory.Surrogate;

    private void Word()
    {
        var start = _at;
        while (_at < _code.Length && IsWordPart(_code[_at]))
        {
            _at++;
        }

        var (text, kind) = _words.Find(_code.AsSpan(start.._at));
        Add(kind, start, _at, text);
    }
}
