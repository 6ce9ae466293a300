using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The tokens of one text, the last of them <see cref="JavaTokenKind.EndOfFile"/>, in a borrowed array.</summary>
/// <param name="items">May be longer than the tokens are many.</param>
/// <param name="count">Tokens.</param>
/// <param name="doubts">What was not closed or too long, by places of the text.</param>
internal sealed class JavaTokens(JavaToken[] items, int count, IReadOnlyList<(int Start, int End, JavaGapReason Reason)> doubts) : IDisposable
{
    public JavaToken[] Items { get; private set; } = items;

    public int Count { get; private set; } = count;

    public IReadOnlyList<(int Start, int End, JavaGapReason Reason)> Doubts => doubts;

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        var borrowed = Items;
        (Items, Count) = ([], 0);
        ArrayPool<JavaToken>.Shared.Return(borrowed);
    }
}
