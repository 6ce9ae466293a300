using System.Formats.Asn1;
using System.Net;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What a set of constraints says of a certificate's names.</summary>
internal enum NameVerdict
{
    Allowed,
    Forbidden,

    /// <summary>A constraint on a kind of name this tool does not compare meets a name of that kind.</summary>
    Undecided,
}

/// <summary>Comparisons one search may make; beyond, names are undecided, so that nobody can make the tool compare for hours.</summary>
internal sealed class NameBudget
{
    private long _left = 1_000_000;

    public bool Pays(long comparisons)
    {
        _left -= comparisons;
        return _left >= 0;
    }
}

/// <summary>NameConstraints (RFC 5280 §4.2.1.10). Compares DNS, e-mail, URI, IP address and directory names.</summary>
/// <param name="Permitted">Bases of permittedSubtrees; empty where absent.</param>
/// <param name="Excluded">Bases of excludedSubtrees; empty where absent.</param>
public sealed record NameConstraints(IReadOnlyList<GeneralName> Permitted, IReadOnlyList<GeneralName> Excluded)
{
    internal static NameConstraints Read(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var found = new NameConstraints([], []);
        while (sequence.HasData)
        {
            var tag = sequence.PeekContext();
            var bases = ReadBases(sequence.ReadSequence(tag));
            found = tag.TagValue switch
            {
                0 => found with { Permitted = bases },
                1 => found with { Excluded = bases },
                _ => throw new AsnContentException(),
            };
        }

        return found;
    }

    internal NameVerdict Judge(IReadOnlyList<GeneralName> names, NameBudget budget)
    {
        if (!budget.Pays((long)names.Count * (Permitted.Count + Excluded.Count)))
        {
            return NameVerdict.Undecided;
        }

        var verdict = NameVerdict.Allowed;
        foreach (var name in names)
        {
            switch (Judge(name))
            {
                case NameVerdict.Forbidden:
                    return NameVerdict.Forbidden;
                case NameVerdict.Undecided:
                    verdict = NameVerdict.Undecided;
                    break;
            }
        }

        return verdict;
    }

    private NameVerdict Judge(GeneralName name)
    {
        var excluded = Excluded.Where(b => b.Kind == name.Kind).Select(b => Matches(name, b)).ToList();
        if (excluded.Contains(true))
        {
            return NameVerdict.Forbidden;
        }

        var permitted = Permitted.Where(b => b.Kind == name.Kind).Select(b => Matches(name, b)).ToList();
        var doubtful = excluded.Contains(null) || (permitted.Contains(null) && !permitted.Contains(true));
        return doubtful ? NameVerdict.Undecided : permitted.Count == 0 || permitted.Contains(true) ? NameVerdict.Allowed : NameVerdict.Forbidden;
    }

    private static List<GeneralName> ReadBases(AsnReader subtrees)
    {
        var bases = new List<GeneralName>();
        while (subtrees.HasData)
        {
            var subtree = subtrees.ReadSequence();
            bases.Add(GeneralName.Read(subtree));

            // minimum must be 0 and is then left out; maximum must be absent (RFC 5280 §4.2.1.10).
            subtree.ThrowIfNotEmpty();
        }

        return bases;
    }

    /// <returns>Null where names of this kind are not compared.</returns>
    private static bool? Matches(GeneralName name, GeneralName constraint) => name.Kind switch
    {
        GeneralNameKind.Dns => IsHostWithin(name.Value, constraint.Value),
        GeneralNameKind.Email => IsMailWithin(name.Value, constraint.Value),
        GeneralNameKind.Uri => Uri.TryCreate(name.Value, UriKind.Absolute, out var uri) ? IsUriHostWithin(uri.IdnHost, constraint.Value) : null,
        GeneralNameKind.Address => IsAddressWithin(name.Content.Span, constraint.Content.Span),
        GeneralNameKind.Directory => name.Directory!.IsWithin(constraint.Directory!),
        _ => null,
    };

    /// <summary>Adding zero or more labels on the left satisfies the constraint; a leading dot asks for at least one.</summary>
    private static bool IsHostWithin(string host, string constraint)
    {
        host = host.TrimEnd('.');
        return constraint.Length == 0
            || string.Equals(host, constraint, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(constraint[0] == '.' ? constraint : "." + constraint, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A URI's host: the constraint is one host, or all below a domain where it begins with a dot.</summary>
    private static bool? IsUriHostWithin(string host, string constraint) =>
        host.Length == 0 || IPAddress.TryParse(host.Trim('[', ']'), out _) ? null
        : constraint.StartsWith('.') ? host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase)
        : string.Equals(host, constraint, StringComparison.OrdinalIgnoreCase);

    /// <summary>A mailbox, all mailboxes of a host, or of all hosts below a domain.</summary>
    private static bool IsMailWithin(string mail, string constraint)
    {
        var at = mail.LastIndexOf('@');
        var host = mail[(at + 1)..];
        if (constraint.LastIndexOf('@') is var own and >= 0)
        {
            return at >= 0 && string.Equals(host, constraint[(own + 1)..], StringComparison.OrdinalIgnoreCase) && mail[..at] == constraint[..own];
        }

        return constraint.StartsWith('.')
            ? host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, constraint, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="constraint">Address and mask.</param>
    private static bool? IsAddressWithin(ReadOnlySpan<byte> address, ReadOnlySpan<byte> constraint)
    {
        if (constraint.Length is not (8 or 32) || address.Length is not (4 or 16))
        {
            return null;
        }

        if (constraint.Length != 2 * address.Length)
        {
            return false;
        }

        for (var i = 0; i < address.Length; i++)
        {
            if (((address[i] ^ constraint[i]) & constraint[address.Length + i]) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
