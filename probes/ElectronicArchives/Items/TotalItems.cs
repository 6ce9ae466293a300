using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items 2-1 and 2-2: what registers say of the whole against what is there.</summary>
internal static class TotalItems
{
    private static readonly (string Unit, long Bytes)[] Units = [("TB", 1L << 40), ("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("T", 1L << 40), ("G", 1L << 30), ("M", 1L << 20), ("K", 1L << 10)];

    public static ItemTally Count(BatchReading batch)
    {
        var tally = Begin(batch, "登记表或移交目录里的件数与条目", "读到的件数与信息包");
        var found = batch.Packages.Sum(p => Math.Max(1, p.Records.Count));
        foreach (var register in Registers(batch))
        {
            if (batch.Packages.FirstOrDefault(p => p.RecordsCut is not null) is { } large)
            {
                tally.CouldNot($"{large.Name}：{large.RecordsCut}，总件数没有比");
            }
            else if (register.Count is { } count)
            {
                tally.Compare(count.Text.Replace(",", "", StringComparison.Ordinal).TrimEnd('件', ' ') == found.ToString(CultureInfo.InvariantCulture), $"{count.Place} {count.Label}", count.Text, $"{found} 件");
            }
            else if (register.Fault is null)
            {
                tally.CouldNot($"{register.Name} 没有总件数");
            }

            foreach (var row in register.Rows.Where(r => r.Id.Length > 0))
            {
                tally.Compare(Find(batch, row.Id) is not null, row.Place, row.Id, "没有这个包");
            }

            foreach (var package in batch.Packages.Where(_ => register.Rows.Count > 0 && register.Cut is null))
            {
                tally.Compare(register.Rows.Any(r => IsOf(package, r.Id)), package.Name, "有这个包", $"{register.Name} 里没有");
            }
        }

        return tally;
    }

    public static ItemTally Bytes(BatchReading batch)
    {
        var tally = Begin(batch, "登记表或移交目录里的字节数", "读到的字节数（包文件的长度；目录为其中文件之和）");
        var found = batch.Packages.Sum(p => p.Bytes);
        foreach (var register in Registers(batch))
        {
            if (register.Bytes is { } bytes)
            {
                Compare(tally, $"{bytes.Place} {bytes.Label}", bytes.Text, bytes.Label, found);
            }
            else if (register.Fault is null)
            {
                tally.CouldNot($"{register.Name} 没有总字节数");
            }

            foreach (var row in register.Rows.Where(r => r.Size is { Length: > 0 }))
            {
                if (Find(batch, row.Id) is { } package)
                {
                    Compare(tally, $"{row.Place} {row.Id}", row.Size!, "", package.Bytes);
                }
            }
        }

        return tally;
    }

    private static ItemTally Begin(BatchReading batch, string left, string right)
    {
        var tally = new ItemTally(left, right);
        if (!batch.IsWhole)
        {
            tally.CouldNot(BatchReading.PassedOver);
        }

        var any = false;
        foreach (var register in Registers(batch))
        {
            any = true;
            if (register.Fault is { } fault)
            {
                tally.CouldNot($"{register.Name} 读不出：{fault}");
            }

            if ((register.Cut ?? batch.Transfer?.Cut) is { } cut)
            {
                tally.CouldNot(cut);
            }
        }

        if (!any)
        {
            tally.CouldNot("没有登记表，也没有写总数的移交目录");
        }

        return tally;
    }

    private static IEnumerable<RegisterReading> Registers(BatchReading batch)
    {
        if (batch.Register is { } register)
        {
            yield return register;
        }

        if (batch.Transfer is { Tree: { } tree } transfer)
        {
            yield return RegisterReader.FromXml(transfer.Name, tree, batch.Profile.Register);
        }
        else if (batch.Transfer is { Fault: { } fault } broken)
        {
            yield return new RegisterReading(broken.Name, null, null, []) { Fault = fault };
        }
    }

    private static PackageReading? Find(BatchReading batch, string id) => batch.Packages.FirstOrDefault(p => IsOf(p, id));

    private static bool IsOf(PackageReading package, string id)
    {
        var name = package.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? package.Name[..^4] : package.Name;
        return NameForms.AreSame(id, name) || NameForms.AreSame(id, package.Name) || package.Records.Exists(r => r.Values.Any(v => v.Value.Trim() == id && v.Name is "电子文件号" or "档号" or "electronic_record_code" or "archival_code"));
    }

    private static void Compare(ItemTally tally, string place, string written, string label, long found)
    {
        var text = written.Replace(",", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        var unit = Units.FirstOrDefault(u => text.EndsWith(u.Unit, StringComparison.Ordinal) || label.ToUpperInvariant().Contains(u.Unit + "）", StringComparison.Ordinal) || label.ToUpperInvariant().Contains(u.Unit + ")", StringComparison.Ordinal));
        var number = text.TrimEnd('B', 'K', 'M', 'G', 'T', '字', '节', ' ');
        if (unit.Bytes == 0)
        {
            tally.Compare(number == found.ToString(CultureInfo.InvariantCulture), place, written, $"{found} 字节");
            return;
        }

        var isNumber = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < 1_000_000_000;
        var digits = number.Contains('.', StringComparison.Ordinal) ? number.Length - number.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var step = (decimal)unit.Bytes / (decimal)Math.Pow(10, Math.Min(digits, 9));
        tally.Compare(isNumber && Math.Abs((value * unit.Bytes) - found) <= step, place, written, $"{found} 字节");
        tally.Remark($"{place} 以 {unit.Unit} 为单位，按 {unit.Bytes} 字节换算，只能比到它写出的位数");
    }
}
