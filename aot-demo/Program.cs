Console.WriteLine("enet-predict");
