using System.Numerics;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes what an analysis knows of values, and makes a print of it: two of one print say the same, places of files that changed being those they had before.</summary>
/// <param name="numbers">Of the tree.</param>
/// <param name="seed">Of the record, so that nobody can make two that have one print.</param>
/// <param name="tables">Take what is shared; null where only the print is asked for.</param>
/// <param name="changed">Files that are others than in the record.</param>
internal sealed partial class FlowPen(FlowNumbers numbers, UInt128 seed, FlowTables? tables, IReadOnlyDictionary<string, ChangedFile> changed)
{
    private readonly Dictionary<string, (int Number, ulong Print)> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<TaintStep, (int Number, ulong Print)> _steps = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ulong, int> _stepsByPrint = [];
    private readonly Dictionary<object, int> _homes = new(ReferenceEqualityComparer.Instance);
    private byte[] _written = new byte[1024];
    private ulong _a;
    private ulong _b;
    private ulong _unlike;

    public FlowNumbers Numbers => numbers;

    /// <summary>How much was written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _written.AsSpan(0, Length);

    /// <summary>Something came by that cannot be written.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Begins a print.</summary>
    public void Begin()
    {
        (_a, _b, IsLost) = ((ulong)seed, (ulong)(seed >> 64), false);
        _homes.Clear();
    }

    /// <summary>As if what was written since then had not been.</summary>
    public void Back(int length) => Length = length;

    /// <summary>A number before what was written since then.</summary>
    public void Insert(int at, int number)
    {
        var end = Length;
        Put(unchecked((ulong)((long)number << 1)));
        var size = Length - end;
        Span<byte> head = stackalloc byte[10];
        _written.AsSpan(end, size).CopyTo(head);
        Buffer.BlockCopy(_written, at, _written, at + size, end - at);
        head[..size].CopyTo(_written.AsSpan(at));
    }

    public ulong Print => Mixed(_a ^ BitOperations.RotateLeft(_b, 32));

    public void Number(long number)
    {
        Mix(unchecked((ulong)number));
        Put(unchecked((ulong)((number << 1) ^ (number >> 63))));
    }

    public void Bits(ulong bits)
    {
        Mix(bits);
        Put(bits);
    }

    /// <summary>As it is, beside the print.</summary>
    public void Beside(ulong number) => Put(number);

    public void Truth(bool truth) => Number(truth ? 1 : 0);

    public void Text(string? text)
    {
        if (text is null)
        {
            Mix(1);
            Put(0);
            return;
        }

        var (number, print) = TextOf(text);
        Mix(print);
        Put((ulong)number + 1);
    }

    public void Place(CodePlace place)
    {
        Text(place.File);
        Number(Before(place));
    }

    public void Step(TaintStep? step)
    {
        if (step is null)
        {
            Mix(2);
            Put(0);
            return;
        }

        var (number, print) = StepOf(step);
        Mix(print);
        Put((ulong)number + 1);
    }

    /// <summary>Nothing else has the print from here on.</summary>
    public void Lose()
    {
        IsLost = true;
        Mix(++_unlike ^ 0xA5A5_0000_0000_0000);
    }

    private int Before(CodePlace place)
    {
        if (!changed.TryGetValue(place.File, out var file))
        {
            return place.At;
        }

        var before = file.ToBefore(place.At);
        if (before < 0)
        {
            Lose();
        }

        return before;
    }

    private (int Number, ulong Print) TextOf(string text)
    {
        if (!_texts.TryGetValue(text, out var known))
        {
            var (a, b) = (_a, _b);
            (_a, _b) = ((ulong)seed, (ulong)(seed >> 64) ^ (ulong)text.Length);
            foreach (var letter in text)
            {
                Mix(letter);
            }

            _texts[text] = known = (tables?.AddText(text) ?? 0, Print);
            (_a, _b) = (a, b);
        }

        return known;
    }

    private (int Number, ulong Print) StepOf(TaintStep step)
    {
        if (_steps.TryGetValue(step, out var known))
        {
            return known;
        }

        var (before, between) = step.Kept;
        var first = before is null ? (-1, 3UL) : StepOf(before);
        var second = between is null ? (-1, 4UL) : StepOf(between);
        var (file, text) = (TextOf(step.Place.File), TextOf(step.Words.Text));
        var name = step.Words.Name is null ? (-1, 5UL) : TextOf(step.Words.Name);
        var (a, b, isLost) = (_a, _b, IsLost);
        (_a, _b, IsLost) = ((ulong)seed, ~(ulong)(seed >> 64), false);
        var at = Before(step.Place);
        foreach (var part in (ReadOnlySpan<ulong>)[first.Item2, second.Item2, file.Print, text.Print, name.Item2, (ulong)at, (ulong)step.Words.Doubt, (ulong)step.Length])
        {
            Mix(part);
        }

        var print = Print;
        if (tables is not null && !_stepsByPrint.TryGetValue(print, out var number))
        {
            _stepsByPrint[print] = number = tables.AddStep(new FlowStepRecord(file.Number, at, text.Number, name.Item1, (int)step.Words.Doubt, step.Length, first.Item1, second.Item1));
        }
        else
        {
            number = tables is null ? 0 : _stepsByPrint[print];
        }

        _steps[step] = known = (number, print);
        (_a, _b, IsLost) = (a, b, isLost);
        return known;
    }

    private void Put(ulong number)
    {
        if (tables is null)
        {
            return;
        }

        if (Length + 10 > _written.Length)
        {
            Array.Resize(ref _written, _written.Length * 2);
        }

        while (number >= 0x80)
        {
            _written[Length++] = (byte)(number | 0x80);
            number >>= 7;
        }

        _written[Length++] = (byte)number;
    }

    private void Mix(ulong part)
    {
        _a = (_a ^ part) * 0x9E37_79B9_7F4A_7C15;
        _a ^= _a >> 29;
        _b = (BitOperations.RotateLeft(_b, 23) ^ _a) * 0xBF58_476D_1CE4_E5B9;
        _b ^= _b >> 32;
    }

    private static ulong Mixed(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58_476D_1CE4_E5B9;
        number = (number ^ (number >> 27)) * 0x94D0_49BB_1331_11EB;
        return number ^ (number >> 31);
    }
}
