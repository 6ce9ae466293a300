namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Bits of marks that stand for no weakness.</summary>
internal sealed partial class ApiIndex
{
    /// <summary>Bit of values that are one piece of a path: no separator is in them.</summary>
    public const ulong Piece = 1UL << 63;

    /// <summary>Bit of paths to which something was written, which was told there.</summary>
    public const ulong Written = 1UL << 62;

    /// <summary>Bit of values of which a check nobody could read said yes.</summary>
    public const ulong Affirmed = 1UL << 61;

    /// <summary>Bit of values of which it said no. Where the two ways meet again it said nothing.</summary>
    public const ulong Denied = 1UL << 60;

    /// <summary>Bit of values behind a text of the program's own that is not known: where it is the beginning of an address, the host most likely stands in it.</summary>
    public const ulong Headed = 1UL << 59;

    /// <summary>Bit of values by which something stored was found.</summary>
    public const ulong Found = 1UL << 58;

    /// <summary>Bits that stand for no weakness.</summary>
    public const ulong Signs = Piece | Written | Affirmed | Denied | Headed | Found;
}
