using System.Collections;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Tokens in one array that only grows; a list whose elements are read without a copy of the whole.</summary>
internal sealed class TokenList : IReadOnlyList<CodeToken>
{
    private const int CharactersPerToken = 7;
    private CodeToken[] _tokens;

    public TokenList(int characters) => _tokens = new CodeToken[(characters / CharactersPerToken) + 16];

    public int Count { get; private set; }

    public CodeToken this[int index] => index < Count ? _tokens[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public ReadOnlySpan<CodeToken> AsSpan() => _tokens.AsSpan(0, Count);

    public void Add(CodeToken token)
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _tokens.Length * 2);
        }

        _tokens[Count++] = token;
    }

    public IEnumerator<CodeToken> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _tokens[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
