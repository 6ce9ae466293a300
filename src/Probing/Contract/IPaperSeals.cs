namespace SmartCity.SecurityCheck.Probing;

/// <summary>
/// Signatures and seals of a document in a format that another room knows: archives verify OFD, and papers handed in come as OFD. Handed to
/// probes by whoever puts the product together, so that no room names another.
/// </summary>
public interface IPaperSeals
{
    /// <summary>Never throws on content; the token stops it.</summary>
    /// <param name="name">Shown.</param>
    /// <param name="file">All of it.</param>
    /// <param name="stop">The probe's clock.</param>
    PaperSeals Of(string name, ReadOnlyMemory<byte> file, CancellationToken stop);
}

/// <summary>What was found in one document.</summary>
/// <param name="Count">Signatures and seals that the document lists; null where the list could not be read to its end.</param>
/// <param name="Hold">True where all of them hold over everything people see, false where one is over other bytes; null where that is not known.</param>
/// <param name="Reasons">Why not all of them hold, for people.</param>
public sealed record PaperSeals(int? Count, bool? Hold, IReadOnlyList<string> Reasons)
{
    /// <summary>Nobody looked.</summary>
    public static PaperSeals NotLooked { get; } = new(null, null, []);
}

/// <summary>Looks at nothing: for pillars and tests that ask for no seals.</summary>
public sealed class NoPaperSeals : IPaperSeals
{
    private NoPaperSeals()
    {
    }

    public static NoPaperSeals Instance { get; } = new();

    public PaperSeals Of(string name, ReadOnlyMemory<byte> file, CancellationToken stop) => PaperSeals.NotLooked;
}
