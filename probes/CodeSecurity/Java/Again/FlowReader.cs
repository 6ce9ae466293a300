using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads what a <see cref="FlowPen"/> wrote. One thread at a time.</summary>
/// <exception cref="FlowChangedException">It does not fit the tree, or is none.</exception>
internal sealed partial class FlowReader
{
    private const int Deepest = 250;

    private readonly FlowNumbers _numbers;
    private readonly IReadOnlyDictionary<string, ChangedFile> _changed;
    private readonly ReadOnlyMemory<byte> _written;
    private readonly ReadOnlyMemory<byte> _stepBytes;
    private readonly string[] _texts;
    private readonly TaintStep?[] _steps;
    private readonly Dictionary<int, object> _homes = [];
    private int _at;
    private int _depth;

    public FlowReader(FlowNumbers numbers, IReadOnlyDictionary<string, ChangedFile> changed, string[] texts, ReadOnlyMemory<byte> steps, ReadOnlyMemory<byte> written)
    {
        (_numbers, _changed, _texts, _stepBytes, _written) = (numbers, changed, texts, steps, written);
        _steps = new TaintStep?[steps.Length / FlowTables.StepSize];
    }

    public int At => _at;

    public void Go(int at)
    {
        _at = at;
        _homes.Clear();
    }

    public ulong Bits()
    {
        var (number, shift) = (0UL, 0);
        var bytes = _written.Span;
        while (true)
        {
            if ((uint)_at >= (uint)bytes.Length || shift > 63)
            {
                throw new FlowChangedException("broken");
            }

            var one = bytes[_at++];
            number |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return number;
            }

            shift += 7;
        }
    }

    public long Number()
    {
        var bits = Bits();
        return unchecked((long)(bits >> 1) ^ -(long)(bits & 1));
    }

    /// <summary>A number of things that follow.</summary>
    public int Count()
    {
        var count = Number();
        return count >= 0 && count <= _written.Length - _at ? (int)count : throw new FlowChangedException("broken");
    }

    public int Small() => Number() is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw new FlowChangedException("broken");

    public bool Truth() => Number() != 0;

    public string? Text() => Bits() is var number && number == 0 ? null : TextAt(number - 1);

    public string Said() => Text() ?? throw new FlowChangedException("broken");

    public CodePlace Place()
    {
        var (file, at) = (Said(), Small());
        return new CodePlace(file, Now(file, at));
    }

    public TaintStep? Step() => Bits() is var number && number == 0 ? null : StepAt(number - 1);

    /// <summary>What is in one another is not deep, unless somebody made it so.</summary>
    private void Deeper()
    {
        if (++_depth > Deepest)
        {
            throw new FlowChangedException("too deep");
        }
    }

    private string TextAt(ulong number) => number < (ulong)_texts.Length ? _texts[(int)number] : throw new FlowChangedException("broken");

    private int Now(string file, int at) => !_changed.TryGetValue(file, out var changed) ? at : changed.ToNow(at) is >= 0 and var now ? now : throw new FlowChangedException("gone");

    private TaintStep StepAt(ulong number)
    {
        if (number >= (ulong)_steps.Length)
        {
            throw new FlowChangedException("broken");
        }

        if (_steps[number] is { } known)
        {
            return known;
        }

        var one = MemoryMarshal.Cast<byte, FlowStepRecord>(_stepBytes.Span)[(int)number];

        // Those before it were written before it.
        if (one.Before >= (int)number || one.After >= (int)number)
        {
            throw new FlowChangedException("broken");
        }

        Deeper();
        var before = one.Before < 0 ? null : StepAt((ulong)one.Before);
        if (one.After >= 0)
        {
            var way = TaintStep.Restore(before ?? throw new FlowChangedException("broken"), StepAt((ulong)one.After));
            _depth--;
            return _steps[number] = way;
        }

        _depth--;
        var file = TextAt((ulong)one.File);
        var words = new StepWords(TextAt((ulong)one.Text), (StepDoubt)one.Doubt, one.Name < 0 ? null : TextAt((ulong)one.Name));
        return _steps[number] = new TaintStep(new CodePlace(file, Now(file, one.At)), words, before);
    }
}
