using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Goes through files twice: once to see what the values are, once to open every one of them with what opened the first.</summary>
internal sealed class ColumnWork(CryptoSample target, FileTree tree, DecryptionTrial trial, Func<bool> isLate, CancellationToken cancellationToken)
{
    /// <summary>The beginning of a file of bytes says what its end would.</summary>
    private const int BytesOfFile = DecryptionTrial.LongestOpened;

    public IReadOnlyList<CiphertextColumn> Table(string name)
    {
        List<int> chosen;
        List<CiphertextTally> tallies;
        bool whole;
        using (var table = TableFile.Open(tree, name, target.Options(), cancellationToken))
        {
            chosen = Chosen(table);
            var keys = NeighbourCells.Texts(target.Hidden("key"), target.Hidden("sm2Key"));
            tallies = [.. chosen.Select(c => new CiphertextTally($"{name}：{table.Columns[c]}", new NeighbourCells([.. table.Columns], c, keys), new EnumerableHashes(isLate, cancellationToken)))];
            Each(table, chosen, (i, row, value) => tallies[i].Add(row, value));
            whole = table.IsWhole;
        }

        if (tallies.ConvertAll(t => t.FindKey(trial, isLate)).Contains(item: true))
        {
            using var again = TableFile.Open(tree, name, target.Options(), cancellationToken);
            Each(again, chosen, (i, row, value) => tallies[i].Open(row, value));
        }

        return [.. tallies.Select(t => t.Column(whole))];
    }

    /// <summary>Files of bytes are the rows of one column.</summary>
    public CiphertextColumn Loose(IReadOnlyList<string> names, bool whole)
    {
        var tally = new CiphertextTally("文件内容");
        for (var i = 0; i < names.Count; i++)
        {
            tally.Add(i + 1, ValueReadings.Read(Beginning(names[i], out _)));
        }

        if (tally.FindKey(trial, isLate))
        {
            for (var i = 0; i < names.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var bytes = Beginning(names[i], out var isCut);
                tally.Open(i + 1, isCut ? null : bytes);
            }
        }

        return tally.Column(whole);
    }

    private void Each(Table table, List<int> chosen, Action<int, TableRow, string?> take)
    {
        foreach (var row in table.Rows(cancellationToken))
        {
            for (var i = 0; i < chosen.Count; i++)
            {
                take(i, row, row[chosen[i]]);
            }
        }
    }

    /// <summary>Those that are named; else those whose names say so; else the only one.</summary>
    private List<int> Chosen(Table table)
    {
        if (target.Names("columns") is { Count: > 0 } named)
        {
            return [.. named.Select(table.Require)];
        }

        var telling = Enumerable.Range(0, table.Columns.Count)
            .Where(i => table.Columns[i] is var c && (c.Contains("密文", StringComparison.Ordinal) || c.Contains("加密", StringComparison.Ordinal)
                || c.Contains("enc", StringComparison.OrdinalIgnoreCase) || c.Contains("cipher", StringComparison.OrdinalIgnoreCase) || c.Contains("sm4", StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return telling.Count > 0 ? telling
            : table.Columns.Count == 1 ? [0]
            : throw TableFault.Of(table.Name, $"认不出哪几列是密文，现有列：{string.Join("、", table.Columns.Take(40))}", "用 columns 写明（列名或列号，逗号分隔）");
    }

    private byte[] Beginning(string name, out bool isCut)
    {
        using var stream = tree.OpenRead(name);
        isCut = stream.Length > BytesOfFile;
        var bytes = new byte[Math.Min(stream.Length, BytesOfFile)];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
