using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// An expression of a rule, held against hostile text. The engine that takes time in proportion to the text is costly to build (10 ms and 3 MB
/// for one expression), more than looking through most trees costs; so the ordinary engine goes first, and the other takes over for good
/// once an expression takes longer than good text makes it. Both find the same.
/// </summary>
internal sealed class BoundedExpression(string expression, RegexOptions options = RegexOptions.None)
{
    /// <summary>Of one question to the ordinary engine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    /// <summary>Never reached: this engine takes time in proportion to the text.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromMinutes(5);

    /// <summary>What all questions together may take beyond their due.</summary>
    private static readonly long MostExcess = Stopwatch.Frequency / 20;

    private static readonly long DueForCall = Stopwatch.Frequency / 50_000;

    /// <summary>Characters looked through in a second that nobody complains of.</summary>
    private const long CharactersPerSecond = 10_000_000;

#pragma warning disable MA0009 // it has a time bound
    private readonly Lazy<Regex> _quick = new(() => new Regex(expression, options | RegexOptions.CultureInvariant, Longest));
#pragma warning restore MA0009
    private readonly Lazy<Regex> _sure = new(() => new Regex(expression, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Endless));
    private long _excess;

    /// <summary>Whether the engine of bounded time has taken over.</summary>
    public bool IsSure => Interlocked.Read(ref _excess) > MostExcess;

    /// <param name="text">All of it; anchors speak of its ends.</param>
    /// <param name="from">Where to begin to look; behind the end nothing is found.</param>
    /// <exception cref="NotSupportedException">The expression needs going back.</exception>
    public Match Match(string text, int from = 0)
    {
        if (from > text.Length)
        {
            return System.Text.RegularExpressions.Match.Empty;
        }

        if (!IsSure)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                return _quick.Value.Match(text, from);
            }
            catch (RegexMatchTimeoutException)
            {
                MakeSure();
            }
            finally
            {
                Charge(Stopwatch.GetTimestamp() - began, text.Length - from);
            }
        }

        return _sure.Value.Match(text, from);
    }

    /// <summary>Lets the engine of bounded time take over.</summary>
    public void MakeSure() => Interlocked.Exchange(ref _excess, MostExcess + 1);

    public bool IsMatch(string text) => Match(text).Success;

    private void Charge(long took, int characters)
    {
        var excess = took - DueForCall - (Stopwatch.Frequency * characters / CharactersPerSecond);
        if (excess > 0)
        {
            Interlocked.Add(ref _excess, excess);
        }
    }
}
