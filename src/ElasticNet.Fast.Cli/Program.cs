Console.WriteLine("enet");
