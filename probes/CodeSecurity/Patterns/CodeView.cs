using System.Buffers;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The code of a file as patterns see it: without comments, in an array, with the ends of operands.</summary>
internal sealed class CodeView
{
    /// <summary>Pieces of one expression; a bracket with all in it is one.</summary>
    private const int OperandCap = 20_000;
    private const long MostSteps = 60_000_000;
    private const int CodeCap = 20_000;

    private CodeToken[] _tokens;
    private readonly string _text;
    private readonly Dictionary<string, bool> _suits = new(StringComparer.Ordinal);
    private CodeNames? _names;
    private FunctionReturns? _returns;
    private IReadOnlySet<string>? _imported;
    private string? _plain;
    private int[]? _after;
    private long _spent;

    public CodeView(TokenizedSource source)
    {
        Source = source;
        _text = source.File.Text;
        var count = 0;
        foreach (var token in source.Tokens)
        {
            count += token.Kind == CodeTokenKind.Comment ? 0 : 1;
        }

        (Count, _tokens) = (count, ArrayPool<CodeToken>.Shared.Rent(count));
        var at = 0;
        foreach (var token in source.Tokens)
        {
            if (token.Kind != CodeTokenKind.Comment)
            {
                _tokens[at++] = token;
            }
        }
    }

    public TokenizedSource Source { get; }

    public SourceLanguage Language => Source.File.Language;

    public TokenView Tokens => new(_tokens, Count);

    public int Count { get; private set; }

    /// <summary>Gives the array back; nothing is seen any more.</summary>
    public void Close()
    {
        var tokens = _tokens;
        (Count, _tokens) = (0, []);
        ArrayPool<CodeToken>.Shared.Return(tokens);
    }

    /// <summary>Names set in this file; worked out when first asked for.</summary>
    public CodeNames Names => _names ??= new CodeNames(this);

    /// <summary>What functions of this file give back; worked out when first asked for.</summary>
    public FunctionReturns Returns => _returns ??= new FunctionReturns(this);

    /// <summary>Names a script takes from other files.</summary>
    public IReadOnlySet<string> Imported => _imported ??= ImportedNames.Of(this);

    /// <summary>What words of this file stand for; null where nobody looked.</summary>
    public CodeAliases? Aliases { get; set; }

    /// <summary>The last token of a member asked for by its text, <c>["name"]</c>, which begins here; -1 where none does.</summary>
    public int EndOfNamedMember(int at)
    {
        var open = IsSign(at, ".") ? at + 1 : at;
        return Language is SourceLanguage.JavaScript or SourceLanguage.TypeScript or SourceLanguage.Vue or SourceLanguage.Html
            && SignAt(open) == '[' && SignAt(open + 2) == ']' && Kind(open + 1) == CodeTokenKind.Text ? open + 2 : -1;
    }

    /// <summary>Whether the file has the texts a rule asks of it, and lacks those it must.</summary>
    public bool Suits(CodePatternRule rule)
    {
        if (rule.FileHas.Count + rule.FileLacks.Count == 0)
        {
            return true;
        }

        if (!_suits.TryGetValue(rule.Id, out var suits))
        {
            _suits[rule.Id] = suits = (rule.FileHas.Count == 0 || rule.FileHas.Any(w => _text.Contains(w, StringComparison.Ordinal))) && !IsElsewhere(rule);
        }

        return suits;
    }

    /// <summary>A comment does not make a file something else, and a page is one whatever it mentions.</summary>
    private bool IsElsewhere(CodePatternRule rule)
    {
        if (Language is SourceLanguage.Html or SourceLanguage.Vue || !rule.FileLacks.Any(w => _text.Contains(w, StringComparison.Ordinal)))
        {
            return false;
        }

        _plain ??= Source.WithoutComments(0, _text.Length);
        return rule.FileLacks.Any(w => _plain.Contains(w, StringComparison.Ordinal));
    }

    public ReadOnlySpan<char> Span(int at) => Source.SpanOf(Tokens[at]);

    /// <summary>What a literal of characters stands for.</summary>
    public string ValueOf(int at) => Source.ValueOf(Tokens[at]);

    public CodeTokenKind Kind(int at) => Tokens[at].Kind;

    public bool IsWord(int at) => at >= 0 && at < Count && Tokens[at].Kind == CodeTokenKind.Word;

    /// <summary>Member access that passes over null is member access.</summary>
    public bool IsSign(int at, ReadOnlySpan<char> sign)
    {
        if (at < 0 || at >= Count || Tokens[at].Kind != CodeTokenKind.Sign)
        {
            return false;
        }

        var span = Span(at);
        return (span.Length > 1 && span[0] == '?' && span[1] is '.' or '-' ? span[1..] : span).SequenceEqual(sign);
    }

    public char SignAt(int at) => at >= 0 && at < Count && Tokens[at].Kind == CodeTokenKind.Sign && Tokens[at].Length == 1 ? _text[Tokens[at].Start] : '\0';

    /// <summary>The token after a balanced piece: a bracket with all in it, or one token. -1 where the bracket is not closed.</summary>
    public int AfterPiece(int at)
    {
        Spend(1);
        _after ??= Brackets();
        return at >= Count ? -1 : _after[at] == 0 ? at + 1 : _after[at];
    }

    /// <summary>Counts work; what would take longer than any code that people write is given up, and told.</summary>
    /// <exception cref="InvalidDataException">More than one file is worth.</exception>
    public void Spend(int steps)
    {
        _spent += steps;
        if (_spent > MostSteps)
        {
            throw new InvalidDataException("这个文件的写法使规则走不完");
        }
    }

    /// <summary>Whether an operand ends before this token: a comma, a closing bracket, the end of a statement.</summary>
    public bool IsEnd(int at) => at >= Count || SignAt(at) is ',' or ';' or ')' or ']' or '}';

    /// <summary>Where an expression ends that nothing of the pattern follows; a line ends it where no sign carries it on.</summary>
    /// <exception cref="InvalidDataException">It is longer than any that people write.</exception>
    public int EndOfExpression(int from)
    {
        var at = from;
        for (var pieces = 0; !IsEnd(at); pieces++)
        {
            if (pieces == OperandCap)
            {
                throw new InvalidDataException($"一个表达式超过 {OperandCap} 段");
            }

            if (at > from && Tokens[at].Line > Tokens[at - 1].Line && !Continues(at))
            {
                break;
            }

            var next = AfterPiece(at);
            if (next < 0)
            {
                break;
            }

            at = next;
        }

        return at;
    }

    /// <summary>Code without blanks, except between two words.</summary>
    /// <exception cref="InvalidDataException">It is longer than any that people write.</exception>
    public string CodeOf(int from, int to)
    {
        var code = new StringBuilder();
        Spend((to - from) / 8);
        for (var i = from; i < to; i++)
        {
            if (code.Length > CodeCap)
            {
                throw new InvalidDataException($"一处写法超过 {CodeCap} 个字符");
            }

            if (i > from && Kind(i) is CodeTokenKind.Word or CodeTokenKind.Number && Kind(Math.Max(from, i - 1)) == CodeTokenKind.Word && i > from)
            {
                code.Append(' ');
            }

            code.Append(Span(i));
        }

        return code.ToString();
    }

    private bool Continues(int at) =>
        (Tokens[at].Kind == CodeTokenKind.Sign && _text[Tokens[at].Start] is not ('@' or '#' or '{' or '(' or '<')) || (Tokens[at - 1].Kind == CodeTokenKind.Sign && SignAt(at - 1) is not (')' or ']' or '}'));

    /// <summary>For each opening bracket the token after the one that closes it, or -1; 0 for all other tokens. Brackets of any kind close any other.</summary>
    private int[] Brackets()
    {
        var after = new int[Count];
        var open = new Stack<int>();
        for (var i = 0; i < Count; i++)
        {
            switch (BracketAt(i))
            {
                case '(' or '[' or '{':
                    after[i] = -1;
                    open.Push(i);
                    break;
                case ')' or ']' or '}' when open.Count > 0:
                    after[open.Pop()] = i + 1;
                    break;
            }
        }

        return after;
    }

    /// <summary>Also the marks of a hole in a text, <c>${</c> and <c>{{</c>.</summary>
    private char BracketAt(int at)
    {
        var span = Span(at);
        return Kind(at) != CodeTokenKind.Sign ? '\0' : span is [_, '{'] ? '{' : span is [.., '}'] ? '}' : SignAt(at);
    }
}

/// <summary>The first tokens of an array that may be longer. A span would do the same, but code compiled ahead cannot take in the framework's generics over our types.</summary>
internal readonly struct TokenView(CodeToken[] tokens, int length)
{
    public int Length => length;

    public ref readonly CodeToken this[int at]
    {
        get
        {
            if ((uint)at >= (uint)length)
            {
                throw new ArgumentOutOfRangeException(nameof(at));
            }

            return ref tokens[at];
        }
    }
}
