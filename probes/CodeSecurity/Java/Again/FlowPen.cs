using System.Numerics;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes what an analysis knows of values, and makes a print of it: two of one print say the same, places of files that changed being those they had before.</summary>
/// <param name="numbers">Of the tree.</param>
/// <param name="seed">Of the record, so that nobody can make two that have one print.</param>
/// <param name="tables">Take what is shared; null where only the print is asked for.</param>
/// <param name="changed">Files that are others than in the record.</param>
internal sealed partial class FlowPen(FlowNumbers numbers, UInt128 seed, FlowTables? tables, IReadOnlyDictionary<string, ChangedFile> changed)
{
    private readonly Dictionary<string, (int Number, ulong Print)> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<TaintStep, StepPrint> _steps = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(ulong Print, int Length), int> _stepsByPrint = [];
    private readonly List<ulong> _powers = [];
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

        var known = StepOf(step);
        Mix(known.Print);
        Mix((ulong)known.Length);
        Put((ulong)known.Number + 1);
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

    /// <summary>A way has the same print however much of it is put together already.</summary>
    private StepPrint StepOf(TaintStep step)
    {
        if (_steps.TryGetValue(step, out var known))
        {
            return known;
        }

        var (before, after) = step.Kept;
        var first = before is null ? default : StepOf(before);
        if (before is not null && after is not null)
        {
            var second = StepOf(after);
            var more = TaintStep.IsOne(before, after) ? second.Length - 1 : second.Length;
            var tail = more < second.Length ? unchecked(second.Print - (second.First * Power(more))) : second.Print;
            return _steps[step] = Numbered(new StepPrint(0, unchecked((first.Print * Power(more)) + tail), first.First, first.Length + more), new FlowStepRecord(-1, 0, -1, -1, 0, first.Number, second.Number));
        }

        var (file, text) = (TextOf(step.Place.File), TextOf(step.Words.Text));
        var name = step.Words.Name is null ? (Number: -1, Print: 5UL) : TextOf(step.Words.Name);
        var (a, b, isLost) = (_a, _b, IsLost);
        (_a, _b, IsLost) = ((ulong)seed, ~(ulong)(seed >> 64), false);
        var at = Before(step.Place);
        Mix(file.Print);
        Mix(text.Print);
        Mix(name.Print);
        Mix((ulong)at);
        Mix((ulong)step.Words.Doubt);
        var own = Print;
        (_a, _b, IsLost) = (a, b, isLost);
        var print = before is null ? new StepPrint(0, own, own, 1) : new StepPrint(0, unchecked((first.Print * Power(1)) + own), first.First, first.Length + 1);
        return _steps[step] = Numbered(print, new FlowStepRecord(file.Number, at, text.Number, name.Number, (int)step.Words.Doubt, before is null ? -1 : first.Number, -1));
    }

    private StepPrint Numbered(StepPrint print, FlowStepRecord record)
    {
        if (tables is null)
        {
            return print;
        }

        if (!_stepsByPrint.TryGetValue((print.Print, print.Length), out var number))
        {
            _stepsByPrint[(print.Print, print.Length)] = number = tables.AddStep(record);
        }

        return print with { Number = number };
    }

    /// <summary>What a print of a way is multiplied with for each step behind it.</summary>
    private ulong Power(int steps)
    {
        while (_powers.Count <= steps)
        {
            _powers.Add(_powers.Count == 0 ? 1 : unchecked(_powers[^1] * (Mixed((ulong)(seed >> 64)) | 1)));
        }

        return _powers[steps];
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

    /// <param name="First">Of the first step.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct StepPrint(int Number, ulong Print, ulong First, int Length);
}
