using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What many pieces of a record share, as it is written: texts, steps of ways and contexts of calls.</summary>
internal sealed class FlowTables
{
    private readonly ArrayBufferWriter<byte> _texts = new();
    private readonly ArrayBufferWriter<byte> _steps = new();

    public const int StepSize = 28;

    public int Texts { get; private set; }

    public int Steps { get; private set; }

    public int AddText(string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        _texts.Write(length);
        _texts.Write(MemoryMarshal.AsBytes(text.AsSpan()));
        return Texts++;
    }

    public int AddStep(FlowStepRecord step)
    {
        _steps.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<FlowStepRecord>(in step)));
        return Steps++;
    }

    public ReadOnlySpan<byte> TextBytes => _texts.WrittenSpan;

    public ReadOnlySpan<byte> StepBytes => _steps.WrittenSpan;
}

/// <summary>A step of a way, with numbers in place of what it holds; negative for none.</summary>
/// <param name="After">As of <see cref="TaintStep.Kept"/>, which says all of the rest where there is one.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct FlowStepRecord(int File, int At, int Text, int Name, int Doubt, int Before, int After);
