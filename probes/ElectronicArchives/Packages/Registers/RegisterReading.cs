namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>登记表 · what a register says of the whole, and of each record where it lists them.</summary>
/// <param name="Name">File name.</param>
/// <param name="Count">Total number of records; null where it does not say.</param>
/// <param name="Bytes">Total number of bytes; null where it does not say.</param>
/// <param name="Rows">Records it lists; empty where it lists none.</param>
internal sealed record RegisterReading(string Name, RegisterValue? Count, RegisterValue? Bytes, IReadOnlyList<RegisterRow> Rows)
{
    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Fault { get; init; }

    /// <summary>Why <see cref="Rows"/> are not all there are; null where they are.</summary>
    public string? Cut { get; init; }
}

/// <param name="Place">Cell or element, for people.</param>
/// <param name="Label">What the value is called.</param>
/// <param name="Text">As written.</param>
internal sealed record RegisterValue(string Place, string Label, string Text);

internal sealed record RegisterRow(string Place, string Id, string? Size);
