using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Looks for a piece of the stream that comes again, at whatever place and across the borders of samples. Windows of 16 bytes are remembered
/// at every <see cref="Step"/>th place and looked for at every place, so that each repetition of at least <see cref="SureBytes"/> bytes is found.
/// Chance repeats 16 bytes less than once in 10^23 streams of the longest length read.
/// </summary>
/// <param name="mostBytes">The stream is not longer; decides how densely windows are remembered.</param>
internal sealed class RepeatSearch(long mostBytes)
{
    private const int Window = 16;
    private const int MostRemembered = 1 << 20;
    private const int FilterBits = 1 << 24;

    private readonly Dictionary<UInt128, long> _remembered = [];
    private readonly ulong[] _filter = new ulong[FilterBits / 64];
    private UInt128 _window;
    private long _at;

    /// <summary>Bytes from one remembered window to the next.</summary>
    public int Step { get; } = (int)Math.Clamp((mostBytes + MostRemembered - 1) / MostRemembered, Window, int.MaxValue / 2);

    /// <summary>Any repetition of this length is found; shorter ones from 16 bytes on by luck.</summary>
    public int SureBytes => Step + Window - 1;

    /// <summary>Places at which a remembered window was seen again.</summary>
    public long Found { get; private set; }

    /// <summary>The first of them; null where there is none.</summary>
    public RepeatedPiece? First { get; private set; }

    /// <summary>Passes the samples on and looks through them in their order.</summary>
    public async IAsyncEnumerable<CutSample> WatchAsync(IAsyncEnumerable<CutSample> samples, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            Add(sample.Bytes);
            yield return sample;
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _window = (_window << 8) | value;
            if (++_at >= Window)
            {
                Look(_at - Window);
            }
        }
    }

    private void Look(long start)
    {
        var bit = (int)(((ulong)_window ^ (ulong)(_window >> 64)) * 0x9E3779B97F4A7C15UL >> 40);
        ref var word = ref _filter[bit >> 6];
        var mask = 1UL << (bit & 63);
        if ((word & mask) != 0 && _remembered.TryGetValue(_window, out var before))
        {
            Found++;
            First ??= new RepeatedPiece { At = start, Before = before };
        }
        else if (start % Step == 0 && _remembered.Count <= MostRemembered)
        {
            word |= mask;
            _remembered[_window] = start;
        }
    }
}
