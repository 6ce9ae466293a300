namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Names of a file that stand for names of a library: <c>import hashlib as h</c>, <c>import {createHash as h} from "crypto"</c>, <c>#define H MD5</c>.
/// Whole libraries that are taken in without names are told as open.
/// </summary>
internal sealed partial class CodeAliases
{
    private const int MostNames = 2000;
    private const int MostMeanings = 8;

    private static readonly string[] Speaking = ["EVP_", "openssl/", "mbedtls"];

    private static readonly HashSet<string> Declaring = new(StringComparer.Ordinal) { "function", "def", "func", "fun", "class", "interface" };

    private readonly Dictionary<string, List<string[]>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string[]>>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly HashSet<string> _modules = new(StringComparer.Ordinal);
    private readonly List<CodeToken> _open = [];
    private readonly Lazy<bool> _speaksOfCrypto;
    private readonly CodeView _code;
    private readonly PatternIndex _index;

    /// <exception cref="InvalidDataException">More names, or more meanings of one, than in any file that people write.</exception>
    public CodeAliases(CodeView code, PatternIndex index)
    {
        (_code, _index) = (code, index);
        _speaksOfCrypto = new(() => Array.Exists(Speaking, s => code.Source.File.Text.Contains(s, StringComparison.Ordinal)));
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < code.Count; i++)
        {
            Read(i);
            if (_names.Count > MostNames)
            {
                throw new InvalidDataException($"别名超过 {MostNames} 个");
            }
        }
    }

    /// <summary>Where something was taken in whose names cannot be told.</summary>
    public IReadOnlyList<CodeToken> Open => _open;

    /// <summary>What the word at a token may stand for, each as its chain of names; empty where it is a member of something else or being declared.</summary>
    public IReadOnlyList<string[]> At(int token) =>
        _names.Count > 0 && _code.IsWord(token) && _lookup.TryGetValue(_code.Span(token), out var found) && !_code.IsSign(token - 1, ".") && !_code.IsSign(token - 1, "->") && !_code.IsSign(token - 1, "::")
        && !(_code.IsWord(token - 1) && Declaring.Contains(_code.Span(token - 1).ToString()))
            ? found
            : [];

    /// <summary>Whether a member of a library of cryptography is asked for by a name that is worked out.</summary>
    public bool IsComputedMember(int token) =>
        _modules.Count > 0 && _code.IsWord(token) && _code.SignAt(token + 1) == '[' && _modules.Contains(_code.Span(token).ToString()) && !(_code.SignAt(token + 3) == ']' && _code.Kind(token + 2) == CodeTokenKind.Text);

    private void Read(int at)
    {
        switch (_code.Language)
        {
            case SourceLanguage.Go:
                ReadGo(at);
                break;
            case SourceLanguage.Python:
                ReadPython(at);
                break;
            case SourceLanguage.JavaScript or SourceLanguage.TypeScript or SourceLanguage.Vue or SourceLanguage.Html:
                ReadScript(at);
                break;
            case SourceLanguage.Php:
                ReadPhp(at);
                break;
            case SourceLanguage.Java or SourceLanguage.Jsp or SourceLanguage.Kotlin or SourceLanguage.CSharp:
                ReadTyped(at);
                break;
            case SourceLanguage.C or SourceLanguage.Cpp:
                if (Is(at, "define") && _code.IsSign(at - 1, "#") && _code.IsWord(at + 1) && _code.IsWord(at + 2) && IsSameLine(at, at + 2))
                {
                    Add(at + 1, [Word(at + 2)]);
                }
                else if (IsPasting(at) && _open.Count < MostNames)
                {
                    _open.Add(_code.Tokens[at]);
                }

                break;
        }
    }

    /// <summary>Names put together by the preprocessor, where cryptography is spoken of.</summary>
    private bool IsPasting(int at) =>
        _code.IsSign(at, "#") && _code.IsSign(at + 1, "#") && _code.Tokens[at].End == _code.Tokens[at + 1].Start && !Is(at + 2, "__VA_ARGS__")
        && _speaksOfCrypto.Value;

    /// <summary><c>import a.b.C as D</c>, <c>import static a.b.C.d</c>, <c>using M = a.b.C</c>, <c>typealias M = a.b.C</c>.</summary>
    private void ReadTyped(int at)
    {
        var isImport = Is(at, "import") && (_code.Language == SourceLanguage.Kotlin || Is(at + 1, "static"));
        if (isImport || (Is(at, "using") && Is(at + 1, "static")))
        {
            var from = Is(at + 1, "static") ? at + 2 : at + 1;
            var chain = Chain(from, out var after);
            if (_code.SignAt(after - 1) == '*' || (chain.Length > 0 && Is(at, "using")) || (_code.IsSign(after, ".") && _code.SignAt(after + 1) == '*'))
            {
                OpenIf(at, IsOfProject(chain) ? [] : chain, "javax", "security", "Cryptography", "bouncycastle", "hutool", "codec");
            }
            else if (chain.Length > 0)
            {
                Add(Is(after, "as") && _code.IsWord(after + 1) ? after + 1 : after - 1, chain);
            }
        }
        else if ((Is(at, "using") || Is(at, "typealias")) && _code.IsWord(at + 1) && _code.IsSign(at + 2, "="))
        {
            Add(at + 1, Chain(at + 3, out _));
        }
    }

    /// <summary>Packages of projects have such words in their names too: <c>io.netty.handler.codec</c>, <c>cn.gov.portal.security</c>.</summary>
    private static bool IsOfProject(string[] chain) =>
        (Array.IndexOf(chain, "codec") is >= 0 and var codec && (codec == 0 || chain[codec - 1] != "commons") && Array.IndexOf(chain, "javax") < 0)
        || (Array.IndexOf(chain, "security") >= 0 && chain[0] is not ("java" or "javax" or "sun" or "org" or "android"));

    /// <summary><c>z "crypto/md5"</c>, <c>. "crypto/des"</c>.</summary>
    private void ReadGo(int at)
    {
        if (_code.Kind(at) != CodeTokenKind.Text || at == 0 || !IsSameLine(at - 1, at) || _code.ValueOf(at) is not { Length: < 200 } path || !path.Contains('/', StringComparison.Ordinal))
        {
            return;
        }

        var parts = path.Split('/');
        if (_code.SignAt(at - 1) == '.' && (at < 2 || !IsSameLine(at - 2, at) || Is(at - 2, "import")))
        {
            OpenIf(at, parts, "crypto", "md5", "des", "gmsm", "tjfoc");
        }
        else if (_code.IsWord(at - 1) && !Is(at - 1, "import") && (at < 2 || !IsSameLine(at - 2, at) || Is(at - 2, "import") || _code.SignAt(at - 2) == '('))
        {
            Add(at - 1, [parts[^1]]);
        }
    }

    /// <summary>A chain that any rule speaks of.</summary>
    private void Add(int at, string[] chain)
    {
        var name = Word(at);
        if (chain.Length is 0 or > 12 || (chain.Length == 1 && chain[0] == name) || !Array.Exists(chain, c => _index.StartingWith(c).Length > 0))
        {
            return;
        }

        if (!_names.TryGetValue(name, out var meanings))
        {
            meanings = [];
            _names.Add(name, meanings);
        }

        if (meanings.Exists(m => m.AsSpan().SequenceEqual(chain)))
        {
            return;
        }

        if (meanings.Count == MostMeanings)
        {
            throw new InvalidDataException($"一个别名有多于 {MostMeanings} 种含义");
        }

        meanings.Add(chain);
    }

    private void OpenIf(int at, string[] chain, params ReadOnlySpan<string> libraries)
    {
        foreach (var library in libraries)
        {
            if (_open.Count < MostNames && Array.IndexOf(chain, library) >= 0)
            {
                _open.Add(_code.Tokens[at]);
                return;
            }
        }
    }

    /// <summary><c>a.b.c</c>.</summary>
    private string[] Chain(int from, out int after)
    {
        var chain = new List<string>();
        for (after = from; _code.IsWord(after) && chain.Count < 12; after += 2)
        {
            chain.Add(Word(after));
            if (!_code.IsSign(after + 1, ".") || !_code.IsWord(after + 2))
            {
                after++;
                break;
            }
        }

        return [.. chain];
    }

    private bool Is(int at, ReadOnlySpan<char> word) => _code.IsWord(at) && _code.Span(at).SequenceEqual(word);

    private string Word(int at) => _code.Span(at).ToString();

    private bool IsSameLine(int one, int other) => _code.Tokens[one].Line == _code.Tokens[other].Line;
}
