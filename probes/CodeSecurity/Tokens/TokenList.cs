using System.Buffers;
using System.Collections;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Tokens in one array that only grows; a list whose elements are read without a copy of the whole.</summary>
internal sealed class TokenList : IReadOnlyList<CodeToken>
{
    private const int CharactersPerToken = 7;
    private CodeToken[] _tokens;

    public TokenList(int characters) => _tokens = ArrayPool<CodeToken>.Shared.Rent((characters / CharactersPerToken) + 16);

    public int Count { get; private set; }

    public CodeToken this[int index] => index < Count ? _tokens[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public ReadOnlySpan<CodeToken> AsSpan() => _tokens.AsSpan(0, Count);

    public void Add(CodeToken token)
    {
        if (Count == _tokens.Length)
        {
            Grow();
        }

        _tokens[Count++] = token;
    }

    /// <summary>Gives the array back; the list is empty from then on. One that is only forgotten is collected.</summary>
    public void Close()
    {
        var tokens = _tokens;
        (Count, _tokens) = (0, []);
        ArrayPool<CodeToken>.Shared.Return(tokens);
    }

    private void Grow()
    {
        var larger = ArrayPool<CodeToken>.Shared.Rent(Math.Max(16, _tokens.Length * 2));
        _tokens.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<CodeToken>.Shared.Return(_tokens);
        _tokens = larger;
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
