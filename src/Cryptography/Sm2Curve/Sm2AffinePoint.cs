using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A finite point of the SM2 curve y² = x³ - 3x + b (GM/T 0003.5-2012).</summary>
/// <param name="X">Horizontal coordinate.</param>
/// <param name="Y">Vertical coordinate.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Sm2AffinePoint(Sm2FieldElement X, Sm2FieldElement Y)
{
    /// <summary>Length of 04 || X || Y in bytes.</summary>
    public const int EncodedSize = 1 + (2 * Sm2.FieldSizeInBytes);
    private const byte Uncompressed = 4;

    private static readonly Sm2FieldElement B = Number("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");

    /// <summary>The base point G.</summary>
    public static Sm2AffinePoint Base { get; } = new(
        Number("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
        Number("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"));

    /// <summary>Reads 04 || X || Y.</summary>
    /// <returns>False for another length or form, a coordinate of p or more, and a point off the curve.</returns>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out Sm2AffinePoint point)
    {
        point = default;
        if (encoded.Length != EncodedSize || encoded[0] != Uncompressed
            || !Sm2FieldElement.TryRead(encoded.Slice(1, Sm2.FieldSizeInBytes), out var x)
            || !Sm2FieldElement.TryRead(encoded[(1 + Sm2.FieldSizeInBytes)..], out var y))
        {
            return false;
        }

        point = new Sm2AffinePoint(x, y);
        return point.IsOnCurve();
    }

    /// <summary>04 || X || Y.</summary>
    public byte[] Encode()
    {
        var encoded = new byte[EncodedSize];
        encoded[0] = Uncompressed;
        X.Write(encoded.AsSpan(1));
        Y.Write(encoded.AsSpan(1 + Sm2.FieldSizeInBytes));
        return encoded;
    }

    /// <summary>Turns finite points into affine ones with a single inversion (Montgomery's trick).</summary>
    /// <param name="points">None of them at infinity.</param>
    /// <param name="affine">As many places.</param>
    public static void Normalize(ReadOnlySpan<Sm2JacobianPoint> points, Span<Sm2AffinePoint> affine)
    {
        if (points.IsEmpty)
        {
            return;
        }

        // X of each place keeps the product of the denominators before it.
        var product = Sm2FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            affine[i] = new Sm2AffinePoint(product, default);
            Sm2FieldElement.Multiply(product, points[i].Z, out product);
        }

        Sm2FieldElement.Invert(product, out var inverse);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            Sm2FieldElement.Multiply(inverse, affine[i].X, out var one);
            Sm2FieldElement.Multiply(inverse, points[i].Z, out inverse);
            Sm2FieldElement.Square(one, out var two);
            Sm2FieldElement.Multiply(two, one, out var three);
            Sm2FieldElement.Multiply(points[i].X, two, out var x);
            Sm2FieldElement.Multiply(points[i].Y, three, out var y);
            affine[i] = new Sm2AffinePoint(x, y);
        }
    }

    private bool IsOnCurve()
    {
        Sm2FieldElement.Square(X, out var right);
        Sm2FieldElement.Multiply(right, X, out right);
        Sm2FieldElement.Subtract(right, X, out right);
        Sm2FieldElement.Subtract(right, X, out right);
        Sm2FieldElement.Subtract(right, X, out right);
        Sm2FieldElement.Add(right, B, out right);
        Sm2FieldElement.Square(Y, out var left);
        return left.Equals(right);
    }

    private static Sm2FieldElement Number(string hexadecimal) =>
        Sm2FieldElement.TryRead(Convert.FromHexString(hexadecimal), out var value) ? value : throw new ArgumentOutOfRangeException(nameof(hexadecimal));
}
