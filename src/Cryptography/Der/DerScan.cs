using System.Formats.Asn1;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>One iterative walk over an encoding; see <see cref="DerGuard"/>.</summary>
internal ref struct DerScan
{
    private readonly ReadOnlySpan<byte> _der;
    private readonly DerLimits _limits;
    private readonly Level[] _levels;
    private int _depth;
    private int _elements;

    public DerScan(ReadOnlySpan<byte> der, DerLimits limits)
    {
        _der = der;
        _limits = limits;
        _levels = new Level[limits.MaxDepth + 1];
        _levels[0] = new Level { End = der.Length };
    }

    public void Run()
    {
        var position = 0;
        while (true)
        {
            while (_depth > 0 && position == _levels[_depth].End)
            {
                _depth--;
            }

            if (_depth == 0 && position == _der.Length)
            {
                return;
            }

            if (_depth == 0 && position > 0)
            {
                throw new DerRejectedException("结尾之后还有多余数据", position);
            }

            position = Step(position);
        }
    }

    /// <summary>Checks the element at <paramref name="position"/>.</summary>
    /// <returns>Where to go on: its content when it holds elements, else what follows it.</returns>
    private int Step(int position)
    {
        if (++_elements > _limits.MaxElements)
        {
            throw new DerRejectedException($"元素个数超过上限 {_limits.MaxElements}", position);
        }

        var header = ReadHeader(position);
        var content = _der.Slice(header.Start, header.Length);
        ref var level = ref _levels[_depth];
        level.Curve.Next(header.Tag, content, position);
        DerPrimitive.Check(header.Tag, content, position, _limits);

        var inner = level.Extension.Next(header.Tag, content);
        if (!header.Tag.IsConstructed && !inner)
        {
            return header.Start + header.Length;
        }

        if (_depth == _limits.MaxDepth)
        {
            throw new DerRejectedException($"嵌套超过 {_limits.MaxDepth} 层", position);
        }

        _levels[++_depth] = new Level { End = header.Start + header.Length };
        return header.Start;
    }

    private readonly Header ReadHeader(int position)
    {
        var source = _der[position.._levels[_depth].End];
        try
        {
            var tag = Asn1Tag.Decode(source, out _);
            AsnDecoder.ReadEncodedValue(source, AsnEncodingRules.DER, out var offset, out var length, out _);
            return new Header(tag, position + offset, length);
        }
        catch (AsnContentException)
        {
            throw new DerRejectedException("标签或长度不是 DER 编码，或长度超出所在结构", position);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Header(Asn1Tag Tag, int Start, int Length);

    [StructLayout(LayoutKind.Auto)]
    private struct Level
    {
        public int End;
        public DerCurveRule Curve;
        public DerExtensionRule Extension;
    }
}
